"""Calendar files: what they say, and that a person's calendar ends with the truth, whatever arrives first."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from dkbm.accounts.domain.admission import leave
from dkbm.accounts.models import Person
from dkbm.events.domain.calendar import public_file
from dkbm.events.domain.editing import EventData, call_off_event, edit_event
from dkbm.events.domain.registration import cancel
from dkbm.events.models import Event, Registration
from dkbm.notifications.domain.delivery import deliver
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.events import make_event, membership_of, registered
from tests.factories.people import make_person
from tests.notifications.mail_server import Sink

BERLIN = ZoneInfo("Europe/Berlin")
LINK = "https://konferenz.example/raum?pw=a,b;c"
OTHER_LINK = "https://konferenz.example/anderer"
DAY, NEXT_DAY, AFTER = (datetime.date(2030, 5, day) for day in (7, 8, 9))
AT_9, AT_8 = datetime.time(9), datetime.time(8)


def moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(day, time, BERLIN)


MIDNIGHT = datetime.time()


@pytest.mark.parametrize(
    ("last_day", "starts", "ends", "begins", "over"),
    [
        (DAY, None, None, DAY, NEXT_DAY),
        (DAY, AT_9, None, moment(DAY, AT_9), moment(DAY, datetime.time(10))),
        (DAY, AT_9, datetime.time(16), moment(DAY, AT_9), moment(DAY, datetime.time(16))),
        (DAY, None, datetime.time(16), DAY, NEXT_DAY),
        (DAY, AT_9, AT_8, moment(DAY, AT_9), moment(DAY, datetime.time(10))),  # only from a file
        (DAY, datetime.time(23, 30), None, moment(DAY, datetime.time(23, 30)), moment(NEXT_DAY, datetime.time(0, 30))),
        (NEXT_DAY, None, None, DAY, AFTER),
        (NEXT_DAY, AT_9, None, moment(DAY, AT_9), moment(AFTER, MIDNIGHT)),
        (NEXT_DAY, AT_9, AT_8, moment(DAY, AT_9), moment(NEXT_DAY, AT_8)),
        (NEXT_DAY, None, datetime.time(16), DAY, AFTER),
    ],
)
def test_entry_lasts_from_the_first_moment_to_the_last(
    in_niedersachsen: BoundNetwork, last_day: Any, starts: Any, ends: Any, begins: Any, over: Any
) -> None:
    event = Event(slug="tagung", title="Tagung", first_day=DAY, last_day=last_day, starts=starts, ends=ends)
    entry = entry_of(public_file(event=event))
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (begins, over)


def entry_of(content: bytes) -> Any:
    (entry,) = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return entry


@dataclass
class Received:
    """A calendar file as a mail brought it. ``method``: of the MIME part."""

    method: str
    calendar: Any

    @property
    def entry(self) -> Any:
        return self.calendar.walk("VEVENT")[0]

    @property
    def rank(self) -> tuple[int, datetime.datetime]:
        return self.entry["sequence"], self.entry["dtstamp"].dt


class Client:
    """A calendar that follows RFC 5546, 2.1.5: the higher SEQUENCE wins, where they are equal the later DTSTAMP."""

    def __init__(self) -> None:
        self.latest: dict[str, Received] = {}

    def take(self, received: Received) -> None:
        uid = str(received.entry["uid"])
        known = self.latest.get(uid)
        if known is None or received.rank > known.rank:
            self.latest[uid] = received

    def shown(self) -> list[Any]:
        return [each.entry for each in self.latest.values() if each.calendar["method"] != "CANCEL"]


def after(files: Iterable[Received]) -> list[Any]:
    client = Client()
    for each in files:
        client.take(each)
    return client.shown()


def received(sink: Sink, person: Person) -> list[Received]:
    """The calendar files of all mails to the person, as the mail server got them."""
    for mail_id in Mail.objects.filter(address=person.email).order_by("pk").values_list("pk", flat=True):
        deliver(mail_id=mail_id)
    return [file for message in sink.accepted if message["To"] == person.email for file in files_in(message)]


def files_in(message: EmailMessage) -> Iterable[Received]:
    for part in message.iter_attachments():
        assert part.get_content_type() == "text/calendar"
        method = part["Content-Type"].params["method"]
        yield Received(method, icalendar.Calendar.from_ical(part.get_payload(decode=True)))


class Story:
    """What happens to one person's seat, a minute apart; ``steps`` name it."""

    def __init__(self, clock: Any) -> None:
        self.clock = clock
        self.organiser = visitor_of(make_person(roles=("editor",)))
        self.event = make_event(capacity=1, place="Hannover")
        self.person = make_person("Maria Kröger")

    def do(self, *steps: str) -> None:
        for step in steps:
            self.clock.shift(60)
            getattr(self, step)()

    def register(self) -> None:
        registered(self.event, self.person, first="")

    def full(self) -> None:
        self.other = registered(self.event, first="")

    def free(self) -> None:
        cancel(registration=self.other)

    def cancel(self) -> None:
        cancel(registration=Registration.objects.exclude(state="cancelled").get(person=self.person))

    def move(self) -> None:
        self._change(place="Celle")

    def link(self) -> None:
        self._change(online_url=OTHER_LINK)

    def more_seats(self) -> None:
        self._change(capacity=9, place="Goslar")

    def call_off(self) -> None:
        call_off_event(event=self.event, reason="Sturm", visitor=self.organiser)

    def leave(self) -> None:
        leave(membership=membership_of(self.person))

    def _change(self, **fields: Any) -> None:
        event = Event.objects.get()
        given = {name: getattr(event, name) for name in EventData.__dataclass_fields__}
        edit_event(event=event, data=EventData(**{**given, **fields}), items=[], visitor=self.organiser)


STORIES: dict[str, tuple[list[str], int, str | None]] = {
    "registered again": (["register", "cancel", "register"], 3, "Tagungshaus, Hannover"),
    "three times": (["register", "cancel", "register", "cancel", "register", "cancel"], 6, None),
    "moved up": (["full", "register", "free"], 1, "Tagungshaus, Hannover"),
    "moved up, gone, back": (["full", "register", "free", "cancel", "register"], 3, "Tagungshaus, Hannover"),
    "seated, gone, waiting, moved up": (
        ["register", "cancel", "full", "register", "free"], 3, "Tagungshaus, Hannover",
    ),
    "changed": (["register", "move", "link", "cancel", "register", "move"], 5, "Tagungshaus, Celle"),
    "moved up by the change that moves it": (["full", "register", "more_seats"], 2, "Tagungshaus, Goslar"),
    "called off": (["register", "cancel", "register", "move", "call_off"], 5, None),
    "has left the network": (["register", "cancel", "register", "leave"], 4, None),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "number", "place"), STORIES.values(), ids=STORIES.keys())
def test_calendar_ends_with_what_happened_last(
    in_niedersachsen: BoundNetwork, sink: Sink, rng: random.Random, steps: list[str], number: int, place: str | None
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        story = Story(clock)
        story.do(*steps)
        files = received(sink, story.person)
    assert len(files) == number
    assert {str(each.entry["uid"]) for each in files} == {f"{story.event.calendar_uid}@transfernetz"}
    assert [each.method for each in files] == [each.calendar["method"] for each in files]
    sequences, stamps = ([each.rank[n] for each in files] for n in (0, 1))
    assert sequences == sorted(set(sequences))
    assert stamps == sorted(stamps)
    for each in files:
        assert each.entry["organizer"] == "mailto:netz-niedersachsen@example.org"
        assert each.entry["attendee"] == f"mailto:{story.person.email}"
    for _ in range(5):
        shown = after(rng.sample(files, len(files)))
        assert [str(entry["location"]) for entry in shown] == ([place] if place else [])


def test_new_account_with_an_old_address_goes_on_counting(in_niedersachsen: BoundNetwork, sink: Sink) -> None:
    """The calendar knows the address, not the account."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        story = Story(clock)
        story.do("register", "leave")
        address = story.person.email
        before = received(sink, story.person)
        Person.objects.filter(pk=story.person.pk).update(email="geloescht@example.org")
        EmailAddress.objects.filter(user=story.person).delete()
        Registration.objects.filter(person=story.person).delete()
        story.person = make_person(email=address)
        story.do("register")
        files = received(sink, story.person)
    assert len(files) == len(before) + 1
    assert max(each.rank for each in before) < files[-1].rank


@pytest.mark.parametrize(
    ("steps", "method", "status", "answer"),
    [
        (["register"], "REQUEST", "CONFIRMED", "ACCEPTED"),
        (["register", "move"], "REQUEST", "CONFIRMED", "ACCEPTED"),
        (["register", "cancel"], "CANCEL", None, "DECLINED"),  # the event takes place
        (["register", "call_off"], "CANCEL", "CANCELLED", "ACCEPTED"),
    ],
)
def test_file_says_who_invites_whom_and_how_they_stand(
    in_niedersachsen: BoundNetwork, sink: Sink, steps: list[str], method: str, status: str | None, answer: str
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        story = Story(clock)
        story.do(*steps)
        last = received(sink, story.person)[-1]
    assert (last.method, last.calendar["method"]) == (method, method)
    assert last.entry.get("status") == status
    assert last.entry["organizer"].params["CN"] == "Transferagentur Niedersachsen"
    attendee = last.entry["attendee"]
    assert (attendee.params["PARTSTAT"], attendee.params["CN"]) == (answer, "Maria Kröger")


def test_file_for_everybody_invites_nobody(niedersachsen: BoundNetwork, client_of: Callable[..., Any]) -> None:
    with bind(niedersachsen):
        event = make_event()
    calendar = icalendar.Calendar.from_ical(
        client_of(niedersachsen).get(f"{event.get_absolute_url()}kalender.ics").content
    )
    (entry,) = calendar.walk("VEVENT")
    assert calendar["method"] == "PUBLISH"
    assert entry["organizer"] == "mailto:netz-niedersachsen@example.org"
    assert "attendee" not in entry


class TestConferenceLink:
    """Whoever has a seat has the link, in mail and calendar; who waits, and everybody else, has it nowhere."""

    def test_seat_brings_it(self, in_niedersachsen: BoundNetwork, sink: Sink) -> None:
        event = make_event(capacity=1)
        Event.objects.update(online_url=LINK)
        seat, waiting = registered(event, first=""), registered(event, first="")
        (file,) = received(sink, seat.person)
        assert LINK in str(file.entry["description"])
        assert str(file.entry["conference"]) == LINK
        assert LINK in Mail.objects.get(kind="event.registered").body
        assert LINK not in Mail.objects.get(kind="event.waiting").body
        cancel(registration=seat)
        (file,) = received(sink, waiting.person)
        assert LINK in str(file.entry["description"])
        assert LINK in Mail.objects.get(kind="event.moved_up").body
        assert LINK not in "".join(str(each.entry) for each in received(sink, seat.person)[-1:])

    def test_another_link_is_told_to_whom_it_concerns(self, in_niedersachsen: BoundNetwork, sink: Sink) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            story = Story(clock)
            story.do("register")
            waiting = registered(story.event, first="")
            story.do("link")
            assert OTHER_LINK in str(received(sink, story.person)[-1].entry["description"])
        mail = Mail.objects.get(kind="event.changed")
        assert mail.recipient == story.person
        assert OTHER_LINK in mail.body
        assert not Mail.objects.filter(kind="event.changed", recipient=waiting.person).exists()

    def test_who_waits_reads_of_another_place_without_the_link(self, in_niedersachsen: BoundNetwork) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            story = Story(clock)
            Event.objects.update(online_url=LINK)
            story.do("full", "register", "move")
        mails = {mail.recipient: mail.body for mail in Mail.objects.filter(kind="event.changed")}
        assert {person: LINK in body for person, body in mails.items()} == {
            story.person: False,
            story.other.person: True,
        }

    def test_link_stands_in_for_a_place(self, in_niedersachsen: BoundNetwork, sink: Sink) -> None:
        event = make_event(place="", venue="")
        Event.objects.update(online_url=LINK)
        (file,) = received(sink, registered(event, first="").person)
        assert str(file.entry["location"]) == LINK

    @pytest.mark.parametrize(
        ("role", "shown"), [("seat", True), ("waiting", False), ("member", False), ("guest", False)]
    )
    def test_file_of_the_page_has_it_for_whom_the_page_has_it(
        self, niedersachsen: BoundNetwork, client_of: Callable[..., Any], role: str, shown: bool
    ) -> None:
        with bind(niedersachsen):
            event = make_event(capacity=1)
            Event.objects.update(online_url=LINK)
            people = {"seat": registered(event, first="").person, "waiting": registered(event, first="").person}
            people["member"] = make_person()
        client, url = client_of(niedersachsen, people.get(role)), event.get_absolute_url()
        answer = client.get(f"{url}kalender.ics")
        assert (LINK in str(entry_of(answer.content)["description"])) == shown
        assert ("konferenz.example" in client.get(url).content.decode()) == shown
        assert "no-store" in answer["Cache-Control"]
