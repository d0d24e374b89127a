"""Mails are rows of the transaction that causes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from dkbm.notifications.domain.outbox import SEND_ALL_TASK, Attachment, Letter, Thing, queue_mails, send_to_address
from dkbm.notifications.kinds import Kind, UnknownKind
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, NoNetwork, bind, bind_all
from tests.factories.people import make_person

PATH = "/forum/ag-1/7-frage/"


def write(**changes: Any) -> Mail:
    """A mail to one person."""
    letter = Letter(changes.pop("recipient", None) or make_person(), changes.pop("key", "reply-1"))
    values = {"kind": "probe.told", "path": PATH, "context": {"title": "Frage & <Antwort>"}} | changes
    queue_mails(letters=[letter], **{"cause": Thing("forum.post", "1"), **values})
    return Mail.objects.get(key=letter.key)


def test_mail_holds_text_link_and_reason(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    mail = write()
    assert mail.subject == "Neue Antwort: Frage & <Antwort>"
    assert mail.body == (
        "Guten Tag Maria Kröger,\n\n"
        "Frage & <Antwort> hat eine Antwort:\n"
        "http://niedersachsen.localhost:8000/forum/ag-1/7-frage/\n\n"
        "-- \nTransferagentur Niedersachsen\nhttp://niedersachsen.localhost:8000/\n\n"
        "Sie erhalten diese E-Mail, weil Sie „Frage & <Antwort>“ folgen.\n"
    )


def test_cause_is_kept_as_text(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    person = make_person()
    mail = write(recipient=person, cause=Thing.of(person.memberships.get()))
    assert (mail.cause_label, mail.cause_key) == ("tenancy.membership", str(person.memberships.get().pk))


def test_mail_goes_with_the_transaction(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Mail.objects.exists()


def test_same_key_is_one_mail_a_network(niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind) -> None:
    with bind(niedersachsen):
        first = write(key="reply-7")
        assert write(key="reply-7").pk == first.pk
        assert Mail.objects.count() == 1
    with bind(bayern):
        assert write(key="reply-7").pk != first.pk
        assert Mail.objects.count() == 1


def test_mails_without_key_are_many(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    for _time in range(2):
        send_to_address(kind="probe.told", email="gast@example.org", path=PATH, context={"title": "Frage"})
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("count", [1, 30])
def test_many_mails_take_as_few_queries_as_one(
    in_niedersachsen: BoundNetwork,
    probe: Kind,
    count: int,
    django_assert_num_queries: Any,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published: list[Any] = []
    monkeypatch.setattr("dkbm.core.commits._publish", lambda *what: published.append(what))
    people = [make_person(f"Person {number}") for number in range(count)]
    attachment = Attachment("termin.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR")
    with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(4):
        queue_mails(
            kind="probe.told",
            letters=[Letter(person, f"reply-{number}") for number, person in enumerate(people)],
            path=PATH,
            cause=Thing("forum.post", "1"),
            context={"title": "Frage"},
            attachments=[attachment],
        )
    mails = Mail.objects.order_by("pk")
    assert {mail.body.splitlines()[0] for mail in mails} == {f"Guten Tag {each.get_full_name()}," for each in people}
    assert [mail.attachments.get().name for mail in mails] == ["termin.ics"] * count
    assert published == [(SEND_ALL_TASK, {"mail_ids": [mail.pk for mail in mails]})]


def test_subject_stays_one_line(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    mail = write(context={"title": "Frage\r\nBcc: alle@example.org " + "x" * 300})
    assert mail.subject.startswith("Neue Antwort: Frage Bcc: alle@example.org xx")
    assert len(mail.subject) == 250


def test_address_without_account(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    attachment = Attachment("termin.ics", "text/calendar; method=REQUEST", b"BEGIN:VCALENDAR")
    mail = send_to_address(
        kind="probe.told", email="gast@example.org", path=PATH, context={"title": "T"}, attachments=[attachment]
    )
    assert (mail.recipient, mail.address) == (None, "gast@example.org")
    assert mail.body.startswith("Guten Tag,\n")
    assert [(each.name, bytes(each.content)) for each in mail.attachments.all()] == [("termin.ics", b"BEGIN:VCALENDAR")]


def test_unknown_kind_is_refused(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(UnknownKind):
        write(kind="nobody-registered-this")


def test_person_may_go_and_the_mail_stays(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    person = make_person(email="weg@example.org")
    mail = write(recipient=person)
    with bind_all("erasure", as_owner=True):
        person.delete()
    mail.refresh_from_db()
    assert (mail.recipient, mail.address) == (None, "weg@example.org")


def test_unbound_nothing_can_be_written(db: None, probe: Kind) -> None:
    with pytest.raises(NoNetwork):
        send_to_address(kind="probe.told", email="gast@example.org", path="/", context={"title": "T"})
