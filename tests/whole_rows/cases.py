"""Every form that writes a whole row: where it is, who opens it twice, and two fields of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, GroupApprovalTask, Site, Task, Workflow, WorkflowTask

from dkbm.accounts.models import Function, Portrait, Profile
from dkbm.cms.models import NetworkDocument, NetworkImage, NetworkLook, StandardPage
from dkbm.editorial.models import Publication
from dkbm.events.models import Event, ProgrammeItem, Registration
from dkbm.glossary.models import Term
from dkbm.notifications.domain.mail_settings import kept_months
from dkbm.notifications.domain.wishes import default_level
from dkbm.notifications.models import Wish
from dkbm.tenancy.context import require_network
from dkbm.tenancy.models import Network
from forum.models import Post
from goodpractice.models import Transfergegenstand
from tests.factories.catalogue import make_item
from tests.factories.events import make_event, registered
from tests.factories.files import make_document
from tests.factories.forum import make_topic
from tests.factories.glossary import make_term
from tests.factories.groups import make_group, make_member, make_subgroup, make_workgroup
from tests.factories.portraits import put_portrait
from tests.factories.publications import make_image, make_publication
from workgroups.domain.groups import put_in_group
from workgroups.models import GroupMembership, Workgroup


@dataclass(frozen=True)
class Field:
    """A field of the form: its name there, two values that one may type, and how the page says the second one."""

    name: str
    first: Any
    second: Any
    shown: str = ""


@dataclass(frozen=True)
class Case:
    """``make(person)``: the row, with the form's address. ``stored()``: what the row holds, by field as text.

    ``own``: nobody else has the form, so the same person opens it in two windows. ``cms``: Wagtail answers 200.
    ``by_script``: what only scripts put into the form.
    """

    form: str
    make: Callable[[Any], str]
    fields: tuple[Field, Field]
    stored: Callable[[], Mapping[str, Any]]
    role: str = "manager"
    own: bool = False
    cms: bool = False
    by_script: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.form


def text_of(row: Any, *names: str) -> dict[str, str]:
    """Fields of a row as its form shows them."""
    return {name: "" if (value := getattr(row, name)) is None else str(value) for name in names}


def make_network_event(person: Any) -> str:
    event = make_event(slug="treffen", venue="Rathaus", place="Verden")
    registered(event)
    return "/veranstaltungen/treffen/-/bearbeiten/"


def programme_line() -> dict[str, str]:
    item = ProgrammeItem.objects.order_by("position", "pk")[1]
    return {f"punkt-1-{name}": value for name, value in text_of(item, "room", "title").items()}


def make_registration(person: Any) -> str:
    registered(make_event(slug="treffen"), person)
    return "/veranstaltungen/treffen/anmelden/"


def registration() -> dict[str, str]:
    row = Registration.objects.get()
    return {"function": row.function, "access": row.answers.get("access", "")}


def offices() -> dict[str, str]:
    return {row.office: str(row.person_id) for row in GroupMembership.objects.exclude(office="")}


ANNA, BODO, CLARA = (f"00000000-0000-0000-0000-00000000000{number}" for number in (1, 2, 3))


def make_offices(person: Any) -> str:
    group = make_workgroup("ag1")
    for key, name in ((ANNA, "Anna Amt"), (BODO, "Bodo Amt"), (CLARA, "Clara Amt")):
        make_member(group, name, pk=key)
    return "/ag/ag1/-/aemter/"


def make_lead(person: Any) -> str:
    group = make_workgroup("ag1")
    members = [
        make_member(group, name, pk=key) for key, name in ((ANNA, "Anna Amt"), (BODO, "Bodo Amt"), (CLARA, "C A"))
    ]
    subgroup = make_subgroup(group, founder=members[2])
    for member in members[:2]:
        put_in_group(workgroup=subgroup, person=member)
    return f"{subgroup.get_absolute_url()}-/aemter/"


def make_redirect(person: Any) -> str:
    redirect = Redirect.add_redirect("/alt", "https://neu.example/")
    redirect.site = Site.objects.get()
    redirect.save()
    return f"/cms/redirects/{redirect.pk}/"


def make_workflow(person: Any) -> str:
    workflow = Workflow.objects.create(name="Prüfung")
    task = GroupApprovalTask.objects.create(name="Lesen")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return f"/cms/workflows/edit/{workflow.pk}/"


def make_task(person: Any) -> str:
    make_workflow(person)
    task = GroupApprovalTask.objects.get(name="Lesen")
    task.groups.set(person.groups.all())
    return f"/cms/workflows/tasks/edit/{task.pk}/"


def make_description(person: Any) -> str:
    make_workgroup("ag1")
    return "/ag/ag1/-/bearbeiten/"


def make_profile(person: Any) -> str:
    Profile.objects.create(person=person, function=Function.objects.get(slug="transferagentur"))
    return "/konto/profil/"


def make_own_portrait(person: Any) -> str:
    put_portrait(person, shown_to="everybody")
    return "/konto/bild/"


def make_function(person: Any) -> str:
    return f"/verwaltung/funktionen/{Function.objects.get(slug='koko').pk}/"


def function() -> dict[str, str]:
    keys = list(Function.objects.filter(merged_into=None).values_list("slug", flat=True))
    return {"label": Function.objects.get(slug="koko").label, "place": str(keys.index("koko") + 1)}


def make_post(person: Any) -> str:
    post = Post.objects.get(topic=make_topic(person))
    return f"{post.topic.get_absolute_url()}beitrag/{post.pk}/bearbeiten/"


def make_standard_page(person: Any) -> str:
    page = StandardPage.objects.get(slug="impressum")
    page.introduction, page.body = "Wer wir sind", []
    page.save_revision().publish()
    return f"/cms/pages/{page.pk}/edit/"


def standard_page() -> dict[str, str]:
    return text_of(StandardPage.objects.get(slug="impressum").get_latest_revision_as_object(), "title", "introduction")


def make_catalogue_item(person: Any) -> str:
    return f"/cms/gute-praxis/edit/{make_item().pk}/"


def make_paper(person: Any) -> str:
    return f"/cms/veroeffentlichungen/edit/{make_publication().pk}/"


def make_entry(person: Any) -> str:
    return f"/cms/glossar/edit/{make_term().pk}/"


def make_look(person: Any) -> str:
    NetworkLook.objects.create(site_id=Network.objects.get().site_id)
    make_image("Erstes")
    return f"/cms/settings/cms/networklook/{Network.objects.get().site_id}/"


def make_collection(person: Any) -> str:
    root = Collection.objects.get(pk=Network.objects.get().collection_id)
    return f"/cms/collections/{root.add_child(name='Fotos').pk}/"


EVENT = "Termin"


def wishes() -> dict[str, str]:
    found = {wish.kind.replace(".", "-"): wish.level for wish in Wish.objects.exclude(kind="")}
    return {name: found.get(name, "") for name in ("forum-topic", "group-subgroup_founded")}


CASES = (
    Case(
        EVENT,
        make_network_event,
        (Field("venue", "Kreishaus", "Stadthalle"), Field("summary", "Ein Wort dazu.", "Ganz anders.")),
        lambda: text_of(Event.objects.get(), "venue", "summary"),
    ),
    Case(
        "Termin, ein Programmpunkt",
        make_network_event,
        (Field("punkt-1-room", "Saal 2", "Saal 3"), Field("punkt-1-title", "Daten", "Zahlen")),
        programme_line,
    ),
    Case(
        "Anmeldung zu einem Termin",
        make_registration,
        (Field("function", "Leitung", "Planung"), Field("access", "Rampe", "Aufzug")),
        registration,
        own=True,
    ),
    Case(
        "Angaben einer AG",
        make_description,
        (Field("question", "Wie?", "Wozu?"), Field("description", "Für alle.", "Für wenige.")),
        lambda: text_of(Workgroup.objects.get(slug="ag1"), "question", "description"),
    ),
    Case(
        "Angaben einer Unterarbeitsgruppe",
        lambda person: make_subgroup(make_workgroup("ag1"), expected_result="Ein Leitfaden.").url("edit"),
        (Field("question", "Wie?", "Wozu?"), Field("expected_result", "Ein Papier.", "Ein Beschluss.")),
        lambda: text_of(Workgroup.objects.subgroups().get(), "question", "expected_result"),
    ),
    Case(
        "Ämter einer AG",
        make_offices,
        (Field("speaker", ANNA, BODO, "Bodo Amt"), Field("deputy", CLARA, BODO, "Bodo Amt")),
        offices,
    ),
    Case(
        "Leitung einer Unterarbeitsgruppe",
        make_lead,
        (Field("lead", ANNA, BODO, "Bodo Amt"), Field("lead", BODO, ANNA, "Anna Amt")),
        offices,
    ),
    Case(
        "Hinweis für Wartende",
        lambda person: "/verwaltung/hinweis/",
        (Field("note", "Drei Tage.", "Eine Woche."), Field("note", "Eine Woche.", "Drei Tage.")),
        lambda: {"note": Network.objects.get(pk=require_network().id).waiting_note},
    ),
    Case(
        "Profil",
        make_profile,
        (Field("phone", "04231 15-0", "04231 15-9"), Field("about", "Ich plane.", "Ich leite.")),
        lambda: text_of(Profile.objects.get(), "phone", "about"),
        own=True,
    ),
    Case(
        "Eigenes Bild",
        make_own_portrait,
        (Field("cut", "w4", "w6", "rechts"), Field("shown_to", "nobody", "members", "Mitglieder dieses Netzwerks")),
        lambda: text_of(Portrait.objects.get(), "cut", "shown_to"),
        own=True,
    ),
    Case(
        "Wünsche zu E-Mails",
        lambda person: "/benachrichtigungen/e-mails/",
        (Field("forum-topic", "daily", "off", "gar nicht"), Field("group-subgroup_founded", "off", "daily", "täglich")),
        wishes,
        own=True,
    ),
    Case(
        "E-Mails des Netzwerks",
        lambda person: "/verwaltung/mails/einstellungen/",
        (Field("level", "weekly", "bell", "nur auf der Plattform"), Field("months", "3", "6")),
        lambda: {"level": default_level(), "months": str(kept_months())},
    ),
    Case(
        "E-Mails aus einer Gruppe",
        lambda person: make_group("Daten", person, slug="daten").url("mails"),
        (Field("mails", "weekly", "bell", "nur auf der Plattform"), Field("mails", "at_once", "daily", "täglich")),
        lambda: {"mails": Wish.objects.filter(group__isnull=False).values_list("level", flat=True).first() or ""},
        own=True,
    ),
    Case(
        "Funktion des Netzwerks",
        make_function,
        (Field("label", "Koordination Neu", "Koordination Anders"), Field("place", "2", "3")),
        function,
    ),
    Case(
        "Beitrag im Forum",
        make_post,
        (Field("text", "Erste Fassung.", "Zweite Fassung."), Field("text", "Dritte Fassung.", "Vierte Fassung.")),
        lambda: text_of(Post.objects.get(), "text"),
        own=True,
    ),
    Case(
        "Seite im CMS",
        make_standard_page,
        (Field("title", "Wer wir sind", "Über uns"), Field("introduction", "Neu gefasst", "Anders gefasst")),
        standard_page,
        cms=True,
        by_script={"body-count": "0"},
    ),
    Case(
        "Beispiel im Katalog",
        make_catalogue_item,
        (Field("title", "Neues Büro", "Anderes Büro"), Field("contacts-0-phone", "04231 1", "04231 2")),
        lambda: {
            **text_of(Transfergegenstand.objects.get(), "title"),
            "contacts-0-phone": Transfergegenstand.objects.get().contacts.get().phone,
        },
        cms=True,
    ),
    Case(
        "Veröffentlichung",
        make_paper,
        (Field("title", "Neues Papier", "Anderes Papier"), Field("summary", "Kurz.", "Lang.")),
        lambda: text_of(Publication.objects.get(), "title", "summary"),
        cms=True,
    ),
    Case(
        "Begriff im Glossar",
        make_entry,
        (Field("term", "Neues Wort", "Anderes Wort"), Field("definition", "Kurz.", "Lang.")),
        lambda: text_of(Term.objects.get(), "term", "definition"),
        cms=True,
    ),
    Case(
        "Aussehen",
        make_look,
        (Field("accent", "#3d2a6d", "#7a1f4b"), Field("accent", "#7a1f4b", "#3d2a6d")),
        lambda: text_of(NetworkLook.objects.get(), "accent"),
        cms=True,
    ),
    Case(
        "Bild",
        lambda person: f"/cms/images/{make_image().pk}/",
        (Field("title", "Saal", "Haus"), Field("description", "Ein Saal", "Ein Haus")),
        lambda: text_of(NetworkImage.objects.get(), "title", "description"),
        cms=True,
    ),
    Case(
        "Dokument",
        lambda person: f"/cms/documents/edit/{make_document().pk}/",
        (Field("title", "Satzung", "Ordnung"), Field("tags", "eins, zwei", "drei", "drei")),
        lambda: {
            **text_of(NetworkDocument.objects.get(), "title"),
            "tags": ", ".join(sorted(tag.name for tag in NetworkDocument.objects.get().tags.all())),
        },
        cms=True,
    ),
    Case(
        "Weiterleitung",
        make_redirect,
        (
            Field("old_path", "/alt-eins", "/alt-zwei"),
            Field("redirect_link", "https://eins.example/", "https://zwei.example/"),
        ),
        lambda: text_of(Redirect.objects.get(), "old_path", "redirect_link"),
        cms=True,
    ),
    Case(
        "Arbeitsablauf",
        make_workflow,
        (Field("name", "Freigabe", "Abnahme"), Field("name", "Abnahme", "Freigabe")),
        lambda: text_of(Workflow.objects.get(name__in=["Prüfung", "Freigabe", "Abnahme"]), "name"),
        cms=True,
    ),
    Case(
        "Aufgabe eines Arbeitsablaufs",
        make_task,
        (Field("name", "Sichten", "Redigieren"), Field("name", "Redigieren", "Sichten")),
        lambda: text_of(Task.objects.get(name__in=["Lesen", "Sichten", "Redigieren"]), "name"),
        cms=True,
    ),
    Case(
        "Sammlung",
        make_collection,
        (Field("name", "Bilder", "Aufnahmen"), Field("name", "Aufnahmen", "Bilder")),
        lambda: text_of(Collection.objects.get(depth=3, name__in=["Fotos", "Bilder", "Aufnahmen"]), "name"),
        cms=True,
    ),
)
