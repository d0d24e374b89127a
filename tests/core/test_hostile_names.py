"""Names that people chose reach subjects, senders, calendars, lists and file names as what they are: names.

Every producer gets every name; a new kind of mail is among them by itself.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import replace
from typing import Any

import icalendar
import pytest
from django.template.loader import get_template

from dkbm.accounts.models import Person
from dkbm.cms.streams import StreamedFile
from dkbm.events.domain.calendar import CANCEL, REQUEST, file_for, public_file
from dkbm.events.domain.queries.participants import Participant
from dkbm.events.models import Event, Registration
from dkbm.events.participants_csv import write_csv
from dkbm.notifications.domain.delivery import deliver
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.domain.outbox import Attachment, send_to_address
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.kinds import TEXTS, Kind, MailKind, all_kinds
from dkbm.notifications.models import Mail, Notification
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from tests.factories.events import make_event, registered
from tests.factories.people import make_person
from tests.notifications.mail_server import Sink

NAMES = {
    "line break": "Anna\r\nBcc: opfer@example.org\r\n\r\nBitte zahlen Sie",
    "lone carriage return": "Anna\rBcc: opfer@example.org",
    "other line ends": "Anna\x0bBcc: x\x0cBcc: x\x85Bcc: x\u2028Bcc: x\u2029Bcc: x",
    "property": "Anna\nATTENDEE:mailto:opfer@example.org\nEND:VEVENT",
    "placeholder": "100 %(x)s %s %d % {0} {x} {{ x }}",
    "nul": "An\x00na",
    "control": "An\x1b[31mna\x07\x08",
    "turned": "Anna\u202egpj.exe\u2066\u200f",
    "formula": "=HYPERLINK(A1)",
    "formula behind signs": "\u202e\x00 \t=1+1",
    "plus": "+49",
    "minus": "-1",
    "at": "@SUM(A1)",
    "quotes": 'Anna "die"; \\, Erste: <a@b.de>',
    "long": "Bildungsmanagement " * 40,
}


@pytest.fixture(params=NAMES.values(), ids=NAMES.keys())
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def is_plain(text: str, *, lines: bool = False) -> bool:
    """No control characters, no signs that turn what follows; ``lines``: it may have several."""
    shown = text.replace("\n", "").replace("\t", "") if lines else text
    turned = re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", shown)
    return not turned and not any(unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} for char in shown)


def begun_lines(text: str) -> list[str]:
    """Lines that a name began."""
    return [line for line in text.splitlines() if line.startswith(("Bcc:", "ATTENDEE:mailto:opfer", "END:", "Bitte"))]


def names_in(kind: MailKind) -> set[str]:
    """What the kind's template, subject and sentence name, without what the frame gives."""
    source = get_template(kind.template_name).template.source  # type: ignore[attr-defined]
    found = re.findall(r"{{ ?(\w+)|{% if (\w+)|%\((\w+)\)s", f"{source} {kind.subject} {getattr(kind, 'sentence', '')}")
    return {part for parts in found for part in parts if part} - {"link", "base_url", "network", "recipient"}


HEADERS = {"Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"}


def test_mails_of_all_kinds(in_niedersachsen: BoundNetwork, name: str) -> None:
    for kind in all_kinds():
        context = dict.fromkeys(names_in(kind), name)
        with bind(replace(in_niedersachsen, name=name)):
            mail = send_to_address(kind=kind.key, email="maria@example.org", path="/", context=context)
        sent = build_message(mail, replace(in_niedersachsen, name=name)).message()
        assert set(sent.keys()) == HEADERS, kind.key
        assert is_plain(mail.subject), kind.key
        assert is_plain(mail.body, lines=True), kind.key
        assert TEXTS & context.keys() or not begun_lines(mail.body), kind.key
        if "{{" in name and "%(" in str(kind.subject):
            assert name in mail.subject, kind.key


def test_rows_of_all_kinds_on_the_persons_page(in_niedersachsen: BoundNetwork, name: str) -> None:
    person = make_person(password=None)
    about = Membership.objects.get(person=person)
    for kind in all_kinds():
        if isinstance(kind, Kind):
            context = dict.fromkeys(names_in(kind), name)
            within = Within(group=1, topic=1)
            (row,) = tell(kind=kind.key, people=[person], about=about, path="/", context=context, scope=within)
            assert is_plain(sentence_of(Notification.objects.get(pk=row.pk))), kind.key


def test_mail_as_the_server_gets_it(in_niedersachsen: BoundNetwork, sink: Sink, name: str) -> None:
    """Names as rows hold them, where PostgreSQL takes no NUL."""
    stored = name.replace("\x00", "")
    person = make_person()
    Person.objects.filter(pk=person.pk).update(first_name=stored[:100], last_name=stored[:100])
    person.refresh_from_db()
    event = make_event()
    Event.objects.filter(pk=event.pk).update(title=stored[:250], place=stored[:200])
    event.refresh_from_db()
    registered(event, person, first="")
    mail = Mail.objects.get()
    with bind(replace(in_niedersachsen, name=name)):
        deliver(mail_id=mail.pk)
    (message,) = sink.accepted
    assert set(message.keys()) == HEADERS - {"Content-Transfer-Encoding"}
    (sender,) = message["From"].addresses
    assert is_plain(sender.display_name)
    assert sender.addr_spec == "netz-niedersachsen@example.org"
    assert begun_lines(mail.body) == []
    assert is_plain(mail.body, lines=True)


def test_calendar_files(in_niedersachsen: BoundNetwork, name: str) -> None:
    person = make_person()
    registration = registered(make_event(), person, first="")
    event = registration.event = Event.objects.get()
    for field in ("title", "place", "venue", "theme", "summary"):
        setattr(event, field, name)
    registration.person = Person(pk=person.pk, email=person.email, first_name=name, last_name=name)
    with bind(replace(in_niedersachsen, name=name)):
        files = {method: file_for(registration, method=method) for method in (REQUEST, CANCEL)}
        files["PUBLISH"] = public_file(event=event)
    for method, content in files.items():
        assert is_plain(content.decode().replace("\r\n", ""), lines=True)
        calendar = icalendar.Calendar.from_ical(content)
        (entry,) = calendar.walk("VEVENT")
        assert (calendar["method"], entry.errors, calendar.errors) == (method, [], [])
        assert entry.get("attendee") == (None if method == "PUBLISH" else f"mailto:{person.email}")
        assert is_plain(str(entry["summary"]))
        assert is_plain(str(entry["location"]))


def test_list_of_participants(name: str) -> None:
    person = Participant(
        registration=Registration(person=Person(), state="registered"),
        name=name, email=name, function=name, municipality=name, workshops=[name], needs=[(name, name)],
    )  # fmt: skip
    content = write_csv([person]).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    assert len(head) == len(row) == 10
    for cell in [*head, *row]:
        assert is_plain(cell, lines=True)
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "|"))


def test_file_name(name: str) -> None:
    response: Any = StreamedFile(io.BytesIO(b"x"), as_attachment=True, filename=name)
    header = response["Content-Disposition"]
    assert is_plain(header)
    assert header.startswith("attachment")


def test_name_of_an_attachment(in_niedersachsen: BoundNetwork, sink: Sink, name: str) -> None:
    file = Attachment(name, "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR")
    context = {"what": "Neue Adresse", "to_email": ""}
    mail = send_to_address(kind="account.changed", email="a@example.org", path="/", context=context, attachments=[file])
    deliver(mail_id=mail.pk)
    (part,) = sink.accepted[0].iter_attachments()
    assert set(part.keys()) == {"Content-Disposition", "Content-Transfer-Encoding", "Content-Type", "MIME-Version"}
    assert is_plain(part.get_filename() or "")
