"""Events and publications of a world: a meeting with registrations, an issue, a paper, a term of the glossary."""

from __future__ import annotations

from dkbm.editorial.domain.blickpunkt import Chapter
from dkbm.events.domain.cancellation_links import cancellation_path
from dkbm.events.domain.imports import import_event
from tests.access.worlds import World, builder
from tests.factories.events import make_event, registered, workshop
from tests.factories.glossary import make_term
from tests.factories.publications import make_issue, make_publication


@builder
def add_events(world: World) -> None:
    event = make_event(
        world.text("Jahrestreffen"),
        slug=world.slug("jahrestreffen"),
        theme=world.text("Motto"),
        programme=[workshop("ws1", "vormittag", title=world.text("Werkstatt"))],
    )
    import_event(slug=world.slug("ag"), kind="ag_treffen", title=world.text("AG-Treffen"), date="2018-01-02")
    import_event(
        slug=world.slug("klausur"),
        kind="ag_treffen",
        title=world.text("Klausur"),
        date=event.first_day.isoformat(),
        workgroup=world.keys["workgroup_slug"][0],
        visibility="group",
    )
    for role in ("member", "editor", "manager"):
        row = registered(event, world.people[role], function=world.text("Funktion"), list_consent=True)
    world.add("event_slug", event.slug, world.slug("klausur"))
    world.add("event_link", cancellation_path(row).split("/")[-2])


@builder
def add_publications(world: World) -> None:
    issue = make_issue(
        world.text("Heft"),
        slug=world.slug("heft"),
        summary=world.text("Zusammenfassung"),
        chapters=[Chapter(world.text("Kapitel"), [("text", f"<p>{world.text('Absatz')}</p>")])],
    )
    paper = make_publication(world.text("Papier"), slug=world.slug("papier"), summary=world.text("Inhalt"))
    term = make_term(
        world.text("Begriff"),
        slug=world.slug("begriff"),
        abbreviation=world.text("Kürzel"),
        definition=world.text("Erklärung"),
        synonyms=[world.text("Synonym")],
        sources=[world.text("Quelle")],
    )
    world.add("publication", paper.pk)
    world.add("term", term.pk)
    world.add("term_slug", term.slug)
    world.add("page", issue.pk)
    world.add("page_path", "blickpunkt/", f"blickpunkt/{issue.slug}/")
    world.add("revision", issue.latest_revision_id)
