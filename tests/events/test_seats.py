"""Seats: who gets them, who waits, who moves up. The races run in real threads on committed rows."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from dkbm.events.domain.registration import Answers, cancel, change_registration, register
from dkbm.events.errors import RegistrationRefused, WorkshopFull
from dkbm.events.models import Event, Registration, WorkshopSeat
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.events import PROGRAMME, answers, make_event, registered, workshop
from tests.factories.people import make_person


def race(network: BoundNetwork, calls: list[Callable[[], Any]]) -> list[Any]:
    """Run the calls at the same moment, each on a connection of its own; results or errors in their order."""
    results: list[Any] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(number: int, call: Callable[[], Any]) -> None:
        try:
            with bind(network):
                start.wait()
                results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def attempt(event: Event, person: Any, chosen: Answers) -> Callable[[], Registration]:
    visitor = visitor_of(person)
    return lambda: register(event=event, visitor=visitor, answers=chosen)


def test_two_people_want_the_last_seat_of_a_workshop(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        event = make_event(programme=[workshop("ws1", "vormittag", 1), workshop("ws2", "vormittag", 5)])
        people = [make_person("Anna Erste"), make_person("Berta Zweite")]
        calls = [attempt(event, person, answers("ws1")) for person in people]
    results = race(committed_network, calls)
    assert sorted(type(result).__name__ for result in results) == ["Registration", "WorkshopFull"]
    refused = next(result for result in results if isinstance(result, WorkshopFull))
    assert refused.slot == "vormittag"
    assert refused.reason == "„Werkstatt ws1“ ist inzwischen ausgebucht. Bitte wählen Sie eine andere Werkstatt."
    with bind(committed_network):
        assert WorkshopSeat.objects.filter(item__slug="ws1").count() == 1
        assert Registration.objects.count() == 1
        assert Mail.objects.filter(kind="event.registered").count() == 1


def test_four_people_want_the_last_seat_of_an_event(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        event = make_event(capacity=1)
        people = [make_person(f"Person {number}") for number in range(4)]
        calls = [attempt(event, person, answers("ws1")) for person in people]
    results = race(committed_network, calls)
    assert sorted(result.state for result in results) == ["registered", "waiting", "waiting", "waiting"]
    with bind(committed_network):
        assert WorkshopSeat.objects.count() == 1


def test_one_person_sends_the_form_twice_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        event, person = make_event(), make_person()
        call = attempt(event, person, answers("ws1"))
    first, second = race(committed_network, [call, call])
    assert first.pk == second.pk
    with bind(committed_network):
        assert Mail.objects.filter(kind="event.registered").count() == 1


def test_a_seat_that_becomes_free_twice_moves_two_up_in_order(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        event = make_event(capacity=2)
        seated = [registered(event) for _ in range(2)]
        waiting = [registered(event) for _ in range(3)]
    race(committed_network, [lambda row=row: cancel(registration=row) for row in seated])
    with bind(committed_network):
        states = [Registration.objects.get(pk=row.pk).state for row in waiting]
    assert states == ["registered", "registered", "waiting"]


def test_full_event_without_waiting_list_refuses(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(capacity=1)
    Event.objects.filter(pk=event.pk).update(waiting_list=False)
    registered(event)
    with pytest.raises(RegistrationRefused, match="ausgebucht, und es gibt keine Warteliste"):
        registered(event)


def test_who_waits_holds_no_seat_in_a_workshop(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(capacity=1)
    registered(event)
    waiting = registered(event, first="ws2")
    assert waiting.is_waiting
    assert waiting.answers == {"workshop_1": "ws2"}
    assert not waiting.seats.exists()


def test_who_moves_up_gets_the_wish_that_is_free_and_hears_of_the_one_that_is_full(
    in_niedersachsen: BoundNetwork,
) -> None:
    event = make_event(
        capacity=2,
        programme=[workshop("ws1", "vormittag", 1), workshop("ws2", "vormittag"), workshop("ws3", "nachmittag")],
    )  # fmt: skip
    registered(event, first="ws1")
    leaving = registered(event, first="ws2")
    waiting = register_wishes(event, "ws1", "ws3")
    cancel(registration=leaving)
    waiting.refresh_from_db()
    assert waiting.is_registered
    assert waiting.moved_up_at is not None
    assert [seat.item.slug for seat in waiting.seats.all()] == ["ws3"]
    mail = Mail.objects.get(kind="event.moved_up")
    assert mail.recipient_id == waiting.person_id
    assert "Inzwischen ausgebucht: „Werkstatt ws1“." in mail.body
    assert "- 15:00–16:00 Uhr: Werkstatt ws3 (Raum 1)" in mail.body


def register_wishes(event: Event, first: str, second: str) -> Registration:
    person = make_person()
    return register(
        event=event, visitor=visitor_of(person), answers=answers(first, second)
    )  # fmt: skip


def test_more_seats_move_people_up(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(slug="wachsend", capacity=1)
    registered(event)
    waiting = registered(event)
    make_event(slug="wachsend", capacity=2)
    waiting.refresh_from_db()
    assert waiting.is_registered


def test_nobody_moves_up_once_the_event_has_begun(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(capacity=1)
    seated, waiting = registered(event), registered(event)
    today = event.first_day.today()
    Event.objects.filter(pk=event.pk).update(first_day=today, last_day=today, starts="00:00", ends="23:59:59")
    cancel(registration=seated)
    waiting.refresh_from_db()
    assert waiting.is_waiting


def test_change_gives_the_old_seat_back(in_niedersachsen: BoundNetwork) -> None:
    event = make_event()
    registration = registered(event, first="ws1")
    change_registration(registration=registration, answers=answers("ws2", "ws3"))
    assert sorted(seat.item.slug for seat in registration.seats.all()) == ["ws2", "ws3"]


def test_change_to_a_full_workshop_keeps_everything(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(programme=[workshop("ws1", "vormittag"), workshop("ws2", "vormittag", 1)])
    registered(event, first="ws2")
    registration = registered(event, first="ws1")
    with pytest.raises(WorkshopFull):
        change_registration(registration=registration, answers=answers("ws2", function="Leitung"))
    registration.refresh_from_db()
    assert [seat.item.slug for seat in registration.seats.all()] == ["ws1"]
    assert registration.function == "Bildungsmonitoring"


def test_keeping_the_own_seat_of_a_full_workshop(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(programme=[workshop("ws1", "vormittag", 1)])
    registration = registered(event, first="ws1")
    changed = change_registration(registration=registration, answers=answers("ws1", function="Leitung"))
    assert changed.function == "Leitung"
    assert changed.seats.count() == 1


def test_item_of_another_event_is_no_choice(in_niedersachsen: BoundNetwork) -> None:
    make_event(programme=[workshop("fremd", "vormittag")])
    event = make_event()
    with pytest.raises(WorkshopFull, match="gibt es nicht mehr"):
        registered(event, first="fremd")
    assert not Registration.objects.exists()


def test_item_with_seats_cannot_leave_the_programme(in_niedersachsen: BoundNetwork) -> None:
    event = make_event(slug="mit-platz")
    registered(event, first="ws2")
    with pytest.raises(Exception, match="„Werkstatt ws2“ kann nicht entfallen"):
        make_event(slug="mit-platz", programme=PROGRAMME[:2])


def test_cancelling_forgets_answers_and_consents(in_niedersachsen: BoundNetwork) -> None:
    event = make_event()
    registration = registered(event, other={"food": "vegan"}, list_consent=True, photo_consent=True)
    assert registration.list_consent_at is not None
    registration = cancel(registration=registration)
    registration.refresh_from_db()
    assert (registration.answers, registration.list_consent_at, registration.photo_consent_at) == ({}, None, None)
    assert not registration.seats.exists()


def test_consent_keeps_the_time_at_which_it_was_given(in_niedersachsen: BoundNetwork) -> None:
    registration = registered(make_event(), list_consent=True)
    given = registration.list_consent_at
    changed = change_registration(registration=registration, answers=answers(list_consent=True, photo_consent=True))
    assert changed.list_consent_at == given
    assert changed.photo_consent_at is not None
    changed = change_registration(registration=registration, answers=answers())
    assert changed.list_consent_at is None


def test_registering_again_after_cancelling_makes_a_new_row(in_niedersachsen: BoundNetwork) -> None:
    event, person = make_event(), make_person()
    first = registered(event, person)
    cancel(registration=first)
    second = registered(event, person)
    assert second.pk != first.pk
    assert second.token != first.token


def test_event_of_another_network_has_its_own_seats(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            assert registered(make_event(slug="gleich", capacity=1)).is_registered
            assert Registration.objects.count() == 1
