"""Editors make, change, publish and call off events."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from dkbm.events import questions
from dkbm.events.domain.editing import (
    EventData,
    call_off_event,
    create_event,
    discard_event,
    edit_event,
    publish_event,
)
from dkbm.events.domain.programme import ItemData
from dkbm.events.domain.registration import change_registration, register
from dkbm.events.errors import EventRefused, RegistrationRefused
from dkbm.events.models import Event, WorkshopSeat
from dkbm.notifications.models import Mail
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from tests.factories.events import answers, make_event, registered
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def editor(in_niedersachsen: BoundNetwork) -> Visitor:
    return visitor_of(make_person("Rita Redaktion", roles=("editor",)))


def data(**fields: Any) -> EventData:
    day = timezone.localdate() + datetime.timedelta(days=30)
    given = {"title": "Fachtag Übergänge", "kind": "tagung", "visibility": "public", "first_day": day, "last_day": day}
    return EventData(**{**given, **fields})


def open_window() -> dict[str, Any]:
    today = timezone.localdate()
    return {"registration_opens": today, "registration_closes": today + datetime.timedelta(days=20)}


def line(row: int, title: str, hour: int = 11, **fields: Any) -> ItemData:
    given = {"starts": datetime.time(hour), "ends": datetime.time(hour + 1), "kind": "workshop"}
    return ItemData(row=row, title=title, **{**given, **fields})


def lines_of(event: Event, **changes: Any) -> list[ItemData]:
    """The event's programme as the form would send it back; ``changes`` by title."""
    names = ("id", "starts", "ends", "kind", "title", "summary", "room", "capacity")
    return [
        ItemData(row=n, **{**{name: getattr(item, name) for name in names}, **changes.get(item.title, {})})
        for n, item in enumerate(event.programme.all())
    ]


def edit(event: Event, editor: Visitor, items: Any = (), **fields: Any) -> Event:
    names = list(EventData.__dataclass_fields__)
    same = {name: getattr(event, name) for name in names}
    return edit_event(event=event, data=EventData(**{**same, **fields}), items=items, visitor=editor)


def kinds() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("kind", "address"))


def test_new_event_is_a_draft_that_the_search_does_not_know(editor: Visitor) -> None:
    event = create_event(data=data(), items=[], visitor=editor)
    assert (event.slug, event.state, event.precision) == ("fachtag-uebergaenge", "draft", "day")
    assert not SearchEntry.objects.filter(type="event").exists()
    publish_event(event=event, visitor=editor)
    assert SearchEntry.objects.get(type="event").title == "Fachtag Übergänge"
    with pytest.raises(EventRefused, match="schon veröffentlicht"):
        publish_event(event=event, visitor=editor)


@pytest.mark.parametrize("slug", ["abmelden", "-", "neu", "verwaltung"])
def test_reserved_slugs_are_refused(editor: Visitor, slug: str) -> None:
    with pytest.raises(EventRefused, match="ist für die Plattform reserviert") as error:
        create_event(data=data(), items=[], visitor=editor, slug=slug)
    assert error.value.field == "slug"
    assert not Event.objects.exists()


def test_slug_is_given_once_a_network(editor: Visitor, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_event(slug="fachtag")
    create_event(data=data(), items=[], visitor=editor, slug="fachtag")
    with pytest.raises(EventRefused) as error:
        create_event(data=data(), items=[], visitor=editor, slug="fachtag")
    assert str(error.value) == (
        "„fachtag“ ist schon die Adresse eines anderen Termins. Bitte wählen Sie ein anderes Kürzel."
    )


def test_titles_alike_or_reserved_get_an_address_of_their_own(editor: Visitor) -> None:
    slugs = [
        create_event(data=data(title=title), items=[], visitor=editor).slug for title in ("Neu", "Neu", "!?", "!?")
    ]
    assert slugs == ["neu-2", "neu-3", "termin", "termin-2"]


@pytest.mark.parametrize("roles", [(), None])
def test_who_is_no_editor_changes_nothing(roles: Any) -> None:
    visitor = visitor_of(make_person(roles=roles)) if roles is not None else guest()
    event = make_event(title="Alt")
    for act in (
        lambda: create_event(data=data(), items=[], visitor=visitor),
        lambda: edit_event(event=event, data=data(), items=[], visitor=visitor),
        lambda: publish_event(event=event, visitor=visitor),
        lambda: call_off_event(event=event, reason="x", visitor=visitor),
        lambda: discard_event(event=event, visitor=visitor),
    ):
        with pytest.raises(EventRefused, match="Redaktion und die Netzwerkleitung"):
            act()
    assert [(each.title, each.state) for each in Event.objects.all()] == [("Alt", "published")]


def test_workshops_of_one_time_stand_to_choice(editor: Visitor) -> None:
    items = [
        line(0, "Ankommen", 9, kind="ankommen"),
        line(1, "Daten", 11, capacity=1),
        line(2, "Räume", 11),
        line(3, "Recht", 14),
    ]
    event = create_event(data=data(**open_window()), items=items, visitor=editor)
    assert list(event.programme.values_list("title", "slug", "slot")) == [
        ("Ankommen", "ankommen", ""),
        ("Daten", "daten", "wahl-1"),
        ("Räume", "raeume", "wahl-1"),
        ("Recht", "recht", "wahl-2"),
    ]
    asked = [(each.key, each.label, each.slot) for each in questions.parse(event.questions)]
    assert asked == [
        ("function", "Ihre Funktion", ""),
        ("municipality", "Ihre Kommune", ""),
        ("choice_1", "Werkstatt um 11:00 Uhr", "wahl-1"),
        ("choice_2", "Werkstatt um 14:00 Uhr", "wahl-2"),
        ("access", "Was brauchen Sie für eine barrierefreie Teilnahme?", ""),
        (
            "list_consent",
            "Ich bin einverstanden, dass mein Name auf der Teilnahmeliste für alle Teilnehmenden steht.",
            "",
        ),
    ]
    publish_event(event=event, visitor=editor)
    person = make_person()
    wanted = answers(first="", workshops={"wahl-1": "daten"})
    register(event=event, visitor=visitor_of(person), answers=wanted)
    assert WorkshopSeat.objects.get().item.title == "Daten"


def test_nobody_registers_for_a_draft(editor: Visitor) -> None:
    event, person = create_event(data=data(**open_window()), items=[], visitor=editor), make_person()
    with pytest.raises(RegistrationRefused, match="noch nicht veröffentlicht"):
        register(event=event, visitor=visitor_of(person), answers=answers(first=""))


def test_editing_keeps_what_the_form_does_not_ask(editor: Visitor) -> None:
    event = make_event(slug="voll", keynote={"title": "Netzwerke"}, note="Hinweis", source="Blickpunkt")
    asked, items = event.questions, list(event.programme.values_list("slug", "slot"))
    edit(event, editor, lines_of(event), title="Neuer Titel")
    event.refresh_from_db()
    assert (event.slug, event.title, event.keynote_title, event.note, event.source) == (
        "voll", "Neuer Titel", "Netzwerke", "Hinweis", "Blickpunkt",
    )  # fmt: skip
    assert event.questions == asked
    assert list(event.programme.values_list("slug", "slot")) == items


def test_period_of_a_month_stays_one_until_the_day_is_named(editor: Visitor) -> None:
    event = make_event(date="2020-09", registration={}, programme=[])
    assert edit(event, editor, theme="Thema").precision == "month"
    assert edit(event, editor, last_day=datetime.date(2020, 9, 2)).precision == "day"


def test_seats_cannot_go_below_registrations(editor: Visitor) -> None:
    event = make_event(capacity=5)
    for _ in range(2):
        registered(event)
    with pytest.raises(EventRefused) as error:
        edit(event, editor, capacity=1)
    assert (str(error.value), error.value.field) == (
        "Es sind schon 2 Personen angemeldet. Weniger Plätze als Anmeldungen sind nicht möglich.",
        "capacity",
    )
    assert edit(event, editor, capacity=2).capacity == 2


def test_seats_of_a_workshop_cannot_go_below_those_taken(editor: Visitor) -> None:
    event = make_event()
    for _ in range(2):
        registered(event)
    with pytest.raises(EventRefused) as error:
        edit(event, editor, lines_of(event, **{"Werkstatt ws1": {"capacity": 1}}), title="Anders")
    assert (str(error.value), error.value.field, error.value.row) == (
        "Hier sind schon 2 Plätze vergeben. Weniger sind nicht möglich.",
        "capacity",
        1,
    )
    event.refresh_from_db()
    assert event.title == "Jahrestreffen"


def test_workshop_that_somebody_chose_stays(editor: Visitor) -> None:
    event = make_event()
    registered(event)
    with pytest.raises(EventRefused, match="kann nicht entfallen") as error:
        edit(event, editor, lines_of(event, **{"Werkstatt ws1": {"remove": True}}))
    assert error.value.row == 1
    edit(event, editor, lines_of(event, **{"Werkstatt ws2": {"remove": True}}))
    assert [item.slug for item in event.programme.all()] == ["ankommen", "ws1", "ws3"]


def test_chosen_workshop_keeps_its_slot_when_it_moves(editor: Visitor) -> None:
    event = make_event()
    registered(event)
    moved = {"starts": datetime.time(15), "ends": datetime.time(16)}
    edit(event, editor, lines_of(event, **{"Werkstatt ws1": moved}))
    item = event.programme.get(slug="ws1")
    assert (item.starts, item.slot) == (datetime.time(15), "vormittag")


def test_item_of_another_event_is_not_touched(editor: Visitor) -> None:
    event, other = make_event(), make_event(title="Anderes")
    stolen = lines_of(other, **{"Ankommen": {"title": "Gestohlen"}})[:1]
    with pytest.raises(EventRefused, match="gibt es nicht mehr") as error:
        edit(event, editor, stolen)
    assert error.value.row == 0
    assert other.programme.filter(title="Ankommen").count() == 1


def test_more_seats_let_people_move_up(editor: Visitor) -> None:
    event = make_event(capacity=1)
    registered(event)
    waiting = registered(event)
    edit(event, editor, capacity=2)
    waiting.refresh_from_db()
    assert waiting.state == "registered"


def test_another_day_is_told_to_who_is_registered_or_waits(editor: Visitor) -> None:
    event = make_event(capacity=1)
    people = [registered(event).person for _ in range(2)]
    Mail.objects.all().delete()
    edit(event, editor, title="Nur der Titel")
    assert kinds() == []
    edit(event, editor, starts=datetime.time(8), title="Nur der Titel")
    assert kinds() == [("event.changed", person.email) for person in people]
    edit(Event.objects.get(), editor, starts=datetime.time(7))
    assert len(kinds()) == 4


def test_calling_off_tells_everybody_with_the_reason(editor: Visitor) -> None:
    event = make_event(title="Treffen", capacity=1)
    people = [registered(event).person for _ in range(2)]
    Mail.objects.all().delete()
    event.refresh_from_db()
    before = event.sequence
    call_off_event(event=event, reason=" Der Saal ist gesperrt. ", visitor=editor)
    event.refresh_from_db()
    assert (event.state, event.call_off_reason) == ("called_off", "Der Saal ist gesperrt.")
    assert event.sequence == before + 1 + len(people)  # each file counts
    assert kinds() == [("event.called_off", person.email) for person in people]
    mail = Mail.objects.first()
    assert mail.subject == "Abgesagt: Treffen"
    assert "Der Saal ist gesperrt." in mail.body


def test_what_is_called_off_takes_nothing_more(editor: Visitor) -> None:
    event = make_event(capacity=1)
    registration = registered(event)
    call_off_event(event=event, reason="Sturm.", visitor=editor)
    registration.refresh_from_db()
    person = make_person()
    with pytest.raises(RegistrationRefused, match="ist abgesagt"):
        register(event=event, visitor=visitor_of(person), answers=answers())
    with pytest.raises(RegistrationRefused, match="ist abgesagt"):
        change_registration(registration=registration, answers=answers("ws2"))
    with pytest.raises(EventRefused, match="wird nicht mehr geändert"):
        edit(event, editor)
    with pytest.raises(EventRefused, match="schon abgesagt"):
        call_off_event(event=event, reason="Sturm.", visitor=editor)


def test_only_drafts_are_deleted(editor: Visitor) -> None:
    event = create_event(data=data(), items=[line(0, "Daten")], visitor=editor)
    discard_event(event=event, visitor=editor)
    assert not Event.objects.exists()
    with pytest.raises(EventRefused, match="Löschen können Sie nur Entwürfe"):
        discard_event(event=make_event(), visitor=editor)
