"""Raw messages, read by two parsers: how mail programs file them, and under whose name they come."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import mailparser
import pytest

from dkbm.notifications.domain.message import build_message
from dkbm.notifications.domain.outbox import Attachment, send_to_address
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import set_default_level
from dkbm.notifications.enums import Level, Scope
from dkbm.notifications.models import Mail
from dkbm.notifications.scopes import NETWORK, Within
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.groups import GroupName
from tests.factories.people import make_person

GROUP, TOPIC = 7, 12
LONG = "Übergänge " * 40


@pytest.fixture
def in_group(monkeypatch: pytest.MonkeyPatch) -> Within:
    name = GroupName(GROUP, "AG 1 Übergänge", "/ag/1/", "AG 1")
    monkeypatch.setattr("dkbm.notifications.domain.headers.name_of_group", lambda group: name if group else None)
    return Within(group=GROUP, topic=TOPIC)


def raw(mail: Mail, network: BoundNetwork) -> bytes:
    return build_message(mail, network).message().as_bytes(linesep="\r\n")


def parsed(mail: Mail, network: BoundNetwork) -> tuple[EmailMessage, Any]:
    content = raw(mail, network)
    assert max(map(len, content.split(b"\r\n"))) <= 998
    first = message_from_bytes(content, policy=default)
    assert isinstance(first, EmailMessage)
    assert not first.defects
    return first, mailparser.parse_from_bytes(content)


def told(title: str = "Größe und Maß", scope: Within = NETWORK, **fields: Any) -> Mail:
    person = make_person()
    tell(
        kind="probe.told",
        people=[person],
        about=person,
        path="/forum/1/",
        context={"title": title},
        scope=scope,
        **fields,
    )
    return Mail.objects.get(recipient=person)


@pytest.fixture
def reply(probe_of: Any) -> Any:
    kind = probe_of(scope=Scope.TOPIC, optional=True, by_group=True)
    object.__setattr__(kind, "subject", "Re: %(title)s")
    return kind


@pytest.fixture(autouse=True)
def at_once(in_niedersachsen: BoundNetwork) -> None:
    set_default_level(Level.AT_ONCE)


def test_topic_mails_hold_together(in_niedersachsen: BoundNetwork, reply: Any, in_group: Within) -> None:
    first, second = parsed(told(scope=in_group, sender="Wiebke Müller-Tammen"), in_niedersachsen)
    root = f"<topic-{in_niedersachsen.id}-{TOPIC}@example.org>"
    assert first["Subject"] == "Re: [AG 1] Größe und Maß"
    assert first["References"] == first["In-Reply-To"] == root
    assert first["From"].addresses[0].display_name == "Wiebke Müller-Tammen über AG 1"
    assert first["From"].addresses[0].addr_spec == "netz-niedersachsen@example.org"
    assert first["List-Id"] == f"<gruppe-{GROUP}.niedersachsen.example.org>"
    assert first["Auto-Submitted"] == "auto-generated"
    assert second.subject == first["Subject"]
    assert second.from_ == [("Wiebke Müller-Tammen über AG 1", "netz-niedersachsen@example.org")]
    assert second.headers["References"] == root
    assert second.headers["List-Id"] == first["List-Id"]
    assert second.message_id == first["Message-ID"]


def test_one_click_header_leads_to_the_page_of_the_mail(
    in_niedersachsen: BoundNetwork, reply: Any, in_group: Within
) -> None:
    mail = told(scope=in_group)
    first, second = parsed(mail, in_niedersachsen)
    link = first["List-Unsubscribe"].strip()
    assert link.startswith("<http://niedersachsen.localhost:8000/abbestellen/")
    assert link.strip("<>") in mail.body
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert second.headers["List-Unsubscribe"].strip() == link
    assert second.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_cannot_be_stopped_has_no_list(in_niedersachsen: BoundNetwork, probe: Any) -> None:
    mail = told()
    first, _second = parsed(mail, in_niedersachsen)
    assert first["List-Unsubscribe"] is first["List-Id"] is first["References"] is None
    assert first["Subject"] == "Neue Antwort: Größe und Maß"
    assert "Diese E-Mail kann nicht abbestellt werden. Warum habe ich das bekommen? http" in mail.body


def test_mails_to_addresses_have_no_link(in_niedersachsen: BoundNetwork, probe: Any) -> None:
    mail = send_to_address(kind="probe.told", email="gast@example.org", path="/", context={"title": "x"})
    assert "/abbestellen/" not in mail.body
    assert mail.headers == {}


def test_long_subject_with_umlauts_arrives_whole(in_niedersachsen: BoundNetwork, reply: Any, in_group: Within) -> None:
    mail = told(title=LONG, scope=in_group)
    assert len(mail.subject) == 250
    first, second = parsed(mail, in_niedersachsen)
    assert first["Subject"] == second.subject == mail.subject
    header = raw(mail, in_niedersachsen).split(b"\r\n\r\n")[0]
    assert header.isascii()
    assert max(map(len, header.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", ["A\r\nBcc: x@example.org", '"Chef" <chef@example.org>', "Ä" * 190])
def test_names_stay_names(in_niedersachsen: BoundNetwork, reply: Any, in_group: Within, name: str) -> None:
    first, second = parsed(told(scope=in_group, sender=name), in_niedersachsen)
    assert first["Bcc"] is None
    assert [each.addr_spec for each in first["From"].addresses] == ["netz-niedersachsen@example.org"]
    shown = f"{' '.join(name.split())} über AG 1"
    # Python's parser puts a blank between the parts of a name that was too long for one.
    assert "".join(first["From"].addresses[0].display_name.split()) == "".join(shown.split())
    assert second.from_ == [(shown, "netz-niedersachsen@example.org")]


def test_text_comes_first_then_html_then_files(in_niedersachsen: BoundNetwork, probe: Any) -> None:
    calendar = Attachment("termin.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR")
    first, second = parsed(told(attachments=[calendar]), in_niedersachsen)
    types = [part.get_content_type() for part in first.walk() if not part.is_multipart()]
    assert types == ["text/plain", "text/html", "text/calendar"]
    (part,) = first.iter_attachments()
    assert part.get_param("method") == "REQUEST"
    assert first.get_body(("html",)).get_content().startswith("<!doctype html>")  # type: ignore[union-attr]
    assert len(second.text_plain) == len(second.text_html) == 1


def test_networks_have_lists_of_their_own(in_niedersachsen: BoundNetwork, reply: Any) -> None:
    first, _second = parsed(told(scope=Within(topic=TOPIC)), in_niedersachsen)
    assert first["List-Id"] == "<netz.niedersachsen.example.org>"
    assert first["Subject"] == "Re: [Niedersachsen] Größe und Maß"
