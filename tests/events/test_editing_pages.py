"""Pages of the organisers: who gets which answer, and nothing typed is lost."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from dkbm.events.models import Event, ProgrammeItem
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from tests.access.urls import network_patterns
from tests.factories.events import make_event, registered, workshop
from tests.factories.people import make_person

ROLES = ("guest", "waiting", "member", "editor", "manager")
PAGES = {
    "create": ("-/anlegen/", (302, 403, 403, 200, 200)),
    "edit": ("treffen/-/bearbeiten/", (302, 403, 403, 200, 200)),
    "publish": ("treffen/-/veroeffentlichen/", (405, 405, 405, 405, 405)),
    "call_off": ("treffen/-/absagen/", (302, 403, 403, 200, 200)),
    "discard": ("entwurf/-/loeschen/", (302, 403, 403, 200, 200)),
    "detail": ("entwurf/", (404, 404, 404, 200, 200)),
}


def test_every_action_stands_in_the_table() -> None:
    names = {pattern.name for pattern in network_patterns() if "/-/" in pattern.route and "veranst" in pattern.route}
    assert names == {f"events:{name}" for name in PAGES if name != "detail"}


def people(network: BoundNetwork) -> dict[str, Any]:
    """A person for each role, an event and a draft."""
    with bind(network):
        make_event("Treffen Marker", slug="treffen")
        make_event("Entwurf Marker", slug="entwurf")
        Event.objects.filter(slug="entwurf").update(state="draft")
        return {
            "guest": None,
            "waiting": make_person(state=MembershipState.REQUESTED),
            "member": make_person(),
            "editor": make_person(roles=("editor",)),
            "manager": make_person(roles=("manager",)),
        }


def snapshot(network: BoundNetwork) -> Any:
    with bind(network):
        return list(Event.objects.order_by("pk").values()), list(ProgrammeItem.objects.order_by("pk").values())


@pytest.mark.parametrize("name", PAGES)
def test_answers_by_role(niedersachsen: BoundNetwork, client_of: Any, name: str) -> None:
    path, expected = PAGES[name]
    by_role = people(niedersachsen)
    answers = [client_of(niedersachsen, by_role[role]).get(f"/veranstaltungen/{path}") for role in ROLES]
    assert tuple(answer.status_code for answer in answers) == expected


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["guest", "waiting", "member"])
def test_who_may_not_changes_nothing(niedersachsen: BoundNetwork, client_of: Any, name: str, role: str) -> None:
    by_role, before = people(niedersachsen), snapshot(niedersachsen)
    path, _expected = PAGES[name]
    answer = client_of(niedersachsen, by_role[role]).post(f"/veranstaltungen/{path}", sent(reason="x"))
    assert answer.status_code in ({405} if name == "detail" else {302} if role == "guest" else {403})
    assert snapshot(niedersachsen) == before


@pytest.mark.parametrize("name", [name for name in PAGES if name != "create"])
def test_another_network_knows_nothing_of_it(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, name: str
) -> None:
    people(niedersachsen)
    before = snapshot(niedersachsen)
    with bind(bayern):
        browser = client_of(bayern, make_person(roles=("manager", "editor")))
    url = f"/veranstaltungen/{PAGES[name][0]}"
    answers = (browser.get(url), browser.post(url, sent(reason="x")))
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert all(b"Marker" not in answer.content for answer in answers)
    assert snapshot(niedersachsen) == before


def sent(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + datetime.timedelta(days=30)
    rows = {f"punkt-{n}-{name}": value for n, item in enumerate(items) for name, value in item.items()}
    given = {"title": "Fachtag", "kind": "tagung", "visibility": "public", "first_day": day.isoformat()}
    return {**given, "punkte": str(len(items)), **rows, **fields}


ITEM = {"kind": "workshop", "starts": "11:00", "ends": "12:00", "title": "Daten", "capacity": "20"}
EMPTY = {"kind": "workshop", "starts": "", "ends": "", "title": "", "capacity": ""}


@pytest.fixture
def editor(niedersachsen: BoundNetwork, client_of: Any) -> Any:
    with bind(niedersachsen):
        person = make_person(roles=("editor",))
    return client_of(niedersachsen, person)


def text_of(answer: Any) -> str:
    text = answer.content.decode()
    assert text.count("<h1") == 1
    return " ".join(text.split())


def test_from_the_empty_list_to_the_published_event(niedersachsen: BoundNetwork, client_of: Any, editor: Any) -> None:
    text = text_of(editor.get("/veranstaltungen/"))
    assert "Legen Sie den nächsten Termin an." in text
    assert 'href="/veranstaltungen/-/anlegen/"' in text
    given = sent(ITEM, EMPTY, theme="<script>x</script>", online_url="https://konferenz.example/raum", capacity="30")
    answer = editor.post("/veranstaltungen/-/anlegen/", given, follow=True)
    assert answer.redirect_chain == [("/veranstaltungen/fachtag/", 302)]
    assert "Das ist ein Entwurf." in text_of(answer)
    assert "&lt;script&gt;x" in text_of(answer)
    assert client_of(niedersachsen).get("/veranstaltungen/fachtag/").status_code == 404
    assert "Entwurf" in text_of(editor.get("/veranstaltungen/"))
    editor.post("/veranstaltungen/fachtag/-/veroeffentlichen/")
    guest = text_of(client_of(niedersachsen).get("/veranstaltungen/fachtag/"))
    assert "Daten" in guest
    assert "konferenz.example" not in guest
    with bind(niedersachsen):
        member = client_of(niedersachsen, make_person())
        assert ProgrammeItem.objects.count() == 1
    assert "konferenz.example" in text_of(member.get("/veranstaltungen/fachtag/"))


def test_link_of_an_event_with_registration_is_for_the_registered(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event, person, other = make_event(slug="online"), make_person(), make_person()
        Event.objects.update(online_url="https://konferenz.example/raum")
        registered(event, person)
    shown = [
        "konferenz.example" in text_of(client_of(niedersachsen, each).get("/veranstaltungen/online/"))
        for each in (None, other, person)
    ]
    assert shown == [False, False, True]


def test_another_line_keeps_what_was_typed_and_calls_nothing_wrong(niedersachsen: BoundNetwork, editor: Any) -> None:
    given = sent({**ITEM, "starts": "elf", "title": "Daten & Räume"}, title="", theme="Halb fertig", mehr="1")
    answer = editor.post("/veranstaltungen/-/anlegen/", given)
    text = text_of(answer)
    assert answer.status_code == 200
    assert 'name="punkte" value="2"' in text
    assert 'value="Daten &amp; Räume"' in text
    assert 'value="elf"' in text
    assert 'value="Halb fertig"' in text
    assert "kern-error" not in text
    with bind(niedersachsen):
        assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"first_day": "2026-02-30"}, "Bitte ein gültiges Datum eingeben."),
        ({"first_day": "0001-01-01"}, "Bitte prüfen Sie das Jahr: Möglich sind Tage vom 1. Januar 1950"),
        ({"registration_opens": "0207-05-07"}, "Bitte prüfen Sie das Jahr"),
        ({"last_day": "2001-01-01"}, "Der letzte Tag liegt vor dem ersten."),
        ({"starts": "12:00", "ends": "11:00"}, "Das Ende liegt vor dem Beginn."),
        ({"ends": "11:00"}, "Bitte nennen Sie auch den Beginn."),
        ({"slug": "abmelden"}, "ist für die Plattform reserviert"),
        ({"slug": "Neu Hier"}, "Bitte nur Kleinbuchstaben, Ziffern und einzelne Bindestriche."),
        ({"slug": "da"}, "ist schon die Adresse eines anderen Termins"),
        ({"capacity": "0"}, "größer oder gleich 1"),
        ({"online_url": "javascript:alert(1)"}, "gültige"),
        ({"summary": "x" * 20_001}, "Bitte höchstens 5000 Zeichen. Ihr Text hat 20001."),
        ({"registration_opens": "2020-02-02", "registration_closes": "2020-02-01"}, "endet, bevor sie beginnt"),
        ({"registration_closes": "2098-01-01"}, "endet spätestens am Tag der Veranstaltung"),
        ({"punkt-0-title": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"punkt-0-ends": "10:00"}, "Das Ende liegt vor dem Beginn."),
        ({"punkt-0-id": "999999999"}, "Diesen Programmpunkt gibt es nicht mehr."),
    ],
)
def test_bad_input_saves_nothing_and_loses_nothing(
    niedersachsen: BoundNetwork, editor: Any, wrong: dict[str, str], sentence: str
) -> None:
    with bind(niedersachsen):
        make_event(slug="da")
    before = snapshot(niedersachsen)
    answer = editor.post("/veranstaltungen/-/anlegen/", sent(ITEM, theme="Bleibt stehen", **wrong))
    text = text_of(answer)
    assert answer.status_code == 422
    assert sentence in text
    assert 'value="Bleibt stehen"' in text
    assert 'value="11:00"' in text
    assert snapshot(niedersachsen) == before


def form_of(answer: Any) -> dict[str, str]:
    """What the browser would send back untouched."""
    page = answer.context["page"]
    values = {"punkte": str(len(page.items))}
    for form in page.forms:
        for field in form:
            value = field.value()
            if value not in (None, False, ""):
                values[field.html_name] = str(value)
    return values


def test_editing_and_dropping_a_line(niedersachsen: BoundNetwork, editor: Any) -> None:
    with bind(niedersachsen):
        make_event(slug="treffen")
    url = "/veranstaltungen/treffen/-/bearbeiten/"
    page = editor.get(url)
    assert 'name="slug"' not in text_of(page)
    given = {**form_of(page), "title": "Neuer Titel", "slug": "anders", "punkt-2-remove": "on", "punkt-2-title": ""}
    answer = editor.post(url, given, follow=True)
    assert answer.redirect_chain == [("/veranstaltungen/treffen/", 302)]
    with bind(niedersachsen):
        event = Event.objects.get()
        assert (event.slug, event.title) == ("treffen", "Neuer Titel")
        assert [item.slug for item in event.programme.all()] == ["ankommen", "ws1", "ws3"]


def test_too_few_seats_are_refused_beside_the_field(niedersachsen: BoundNetwork, editor: Any) -> None:
    with bind(niedersachsen):
        event = make_event(slug="treffen", capacity=5)
        for _ in range(2):
            registered(event)
    url = "/veranstaltungen/treffen/-/bearbeiten/"
    before = snapshot(niedersachsen)
    given = form_of(editor.get(url))
    answer = editor.post(url, {**given, "capacity": "1"})
    assert answer.status_code == 422
    assert "Es sind schon 2 Personen angemeldet." in text_of(answer)
    answer = editor.post(url, {**given, "punkt-1-capacity": "1"})
    assert answer.status_code == 422
    assert "Hier sind schon 2 Plätze vergeben." in text_of(answer)
    assert snapshot(niedersachsen) == before


def test_called_off_event_says_why(niedersachsen: BoundNetwork, client_of: Any, editor: Any) -> None:
    with bind(niedersachsen):
        event, person = make_event(slug="treffen"), make_person()
        registered(event, person)
    url = "/veranstaltungen/treffen/-/absagen/"
    assert editor.post(url, {"reason": " "}).status_code == 422
    answer = editor.post(url, {"reason": "Der Saal ist gesperrt."}, follow=True)
    assert answer.redirect_chain == [("/veranstaltungen/treffen/", 302)]
    for browser in (client_of(niedersachsen), client_of(niedersachsen, person)):
        text = text_of(browser.get("/veranstaltungen/treffen/"))
        assert "Diese Veranstaltung ist abgesagt. Der Saal ist gesperrt." in text
        assert "/anmelden/" not in text
    assert "abgesagt" in text_of(client_of(niedersachsen).get("/veranstaltungen/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_form_takes_the_same_queries_for_more_lines(
    niedersachsen: BoundNetwork, editor: Any, rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        make_event(slug="treffen", programme=[
            {"slug": f"p{n}", "starts": "09:00", "ends": "10:00", "kind": "pause", "title": "x"} for n in range(rows)
        ])  # fmt: skip
    url = "/veranstaltungen/treffen/-/bearbeiten/"
    editor.get(url)
    with django_assert_num_queries(9):
        editor.get(url)


@pytest.mark.parametrize("typed", ["javascript:alert(1)", "ftp://konferenz.example/", "kein Link", "https://"])
def test_wrong_link_is_called_wrong_once(editor: Any, typed: str) -> None:
    text = text_of(editor.post("/veranstaltungen/-/anlegen/", sent(ITEM, online_url=typed)))
    place = text.index('id="id_online_url_error"')
    assert text[place : text.index("</div>", place)].count("<p>") == 1


def test_lines_of_the_programme_that_may_stay_empty_ask_for_nothing(niedersachsen: BoundNetwork, editor: Any) -> None:
    text = text_of(editor.get("/veranstaltungen/-/anlegen/"))
    event, programme = text.split("<h2>Programm</h2>")
    assert "Pflichtangabe" in event
    assert "Pflichtangabe" not in programme
    with bind(niedersachsen):
        make_event(slug="da", programme=[workshop("ws1", "vormittag")])
    programme = text_of(editor.get("/veranstaltungen/da/-/bearbeiten/")).split("<h2>Programm</h2>")[1]
    assert programme.count("Pflichtangabe") == 4


def test_nothing_is_sold_out_once_it_is_called_off(niedersachsen: BoundNetwork, editor: Any) -> None:
    with bind(niedersachsen):
        event = make_event(slug="da", capacity=1, programme=[workshop("ws1", "vormittag", 1)])
        registered(event)
    url = "/veranstaltungen/da/"
    assert text_of(editor.get(url)).count("Ausgebucht") == 3
    assert "Den Link sehen" not in text_of(editor.get(url))
    with bind(niedersachsen):
        Event.objects.update(state="called_off", call_off_reason="Sturm", online_url="https://konferenz.example/")

    text = text_of(editor.get(url))
    assert "ist abgesagt. Sturm" in text
    assert "Ausgebucht" not in text


def test_why_the_link_is_hidden_says_online_once(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        event = make_event()
        Event.objects.update(online_url="https://konferenz.example/")
    text = text_of(client_of(niedersachsen).get(event.get_absolute_url()))
    assert "<dt>Online</dt><dd>Den Link sehen hier alle, die angemeldet sind.</dd>" in text


def test_one_more_line_of_the_programme_is_where_the_page_opens(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        editor = make_person(roles=("editor",))
    url = "/veranstaltungen/-/anlegen/"
    page = client_of(niedersachsen, editor).post(url, {"punkte": "2", "mehr": "1"}).content.decode()
    assert 'id="programmpunkt-3"' in page
    assert 'formaction="#programmpunkt-4"' in page
