"""Telling writes a row for each person, once an occasion, and mails it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from dkbm.accounts.models import Person
from dkbm.notifications.domain.outbox import Attachment
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind, UnknownKind
from dkbm.notifications.models import Mail, Notification
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from tests.architecture.source import called_name, calls, python_files, relative
from tests.factories.people import make_person

PATH = "/forum/ag-1/7-frage/"


def thing() -> Membership:
    """Any row will do."""
    return Membership.objects.earliest("pk")


def told(*people: Person, **changes: Any) -> list[Notification]:
    values: dict[str, Any] = {"kind": "probe.told", "path": PATH, "context": {"title": "Frage"}} | changes
    return tell(people=people, about=values.pop("about", None) or thing(), **values)


def test_each_person_gets_a_row_and_a_mail(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    maria, jan = make_person("Maria Kröger"), make_person("Jan Behrens")
    rows = told(maria, jan)
    assert {row.person_id for row in rows} == {maria.pk, jan.pk}
    row = Notification.objects.get(person=jan)
    assert (row.kind, row.path, row.values, row.read) == ("probe.told", PATH, {"title": "Frage"}, None)
    assert (row.about_label, row.about_key) == ("tenancy.membership", str(thing().pk))
    mail = Mail.objects.get(recipient=jan)
    assert (mail.kind, mail.address, mail.subject) == ("probe.told", jan.email, "Neue Antwort: Frage")
    assert (mail.path, mail.cause_label, mail.cause_key) == (PATH, row.about_label, row.about_key)
    assert mail.body.startswith("Guten Tag Jan Behrens,\n\nFrage hat eine Antwort:\n")


def test_same_thing_is_told_once(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    maria, jan = make_person(), make_person()
    told(maria)
    assert [row.person_id for row in told(maria, jan, maria)] == [jan.pk]
    assert (Notification.objects.count(), Mail.objects.count()) == (2, 2)


def test_another_occasion_of_the_same_thing_is_told_again(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    maria = make_person()
    for occasion in ("1", "2", "2", every_time(), every_time()):
        told(maria, occasion=occasion)
    assert (Notification.objects.count(), Mail.objects.count()) == (4, 4)


def test_mail_stays_one_when_the_notification_is_gone(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    maria = make_person()
    told(maria)
    Notification.objects.all().delete()
    told(maria)
    assert (Notification.objects.count(), Mail.objects.count()) == (1, 1)


def test_only_what_the_sentence_names_is_kept(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    (row,) = told(make_person(), context={"title": "Frage", "cancel_path": "/geheim/"})
    assert row.values == {"title": "Frage"}


def test_context_without_a_value_of_the_sentence_is_an_error(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    with pytest.raises(KeyError, match="title"):
        told(make_person(), context={})


def test_row_and_mail_go_with_the_transaction(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    maria = make_person()
    with transaction.atomic():
        told(maria)
        transaction.set_rollback(True)
    assert (Notification.objects.count(), Mail.objects.count()) == (0, 0)


def test_files_go_with_the_mail(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    told(make_person(), attachments=[Attachment("termin.ics", "text/calendar", b"BEGIN:VCALENDAR")])
    assert [each.name for each in Mail.objects.get().attachments.all()] == ["termin.ics"]


def test_nobody_is_told_nothing(in_niedersachsen: BoundNetwork, probe: Kind) -> None:
    make_person()
    assert told() == []


def test_each_network_has_its_own(niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            told(make_person())
            assert Notification.objects.count() == 1


def test_unknown_kind_is_refused(in_niedersachsen: BoundNetwork) -> None:
    make_person()
    with pytest.raises(UnknownKind):
        told(kind="nobody.registered_this")


@pytest.mark.parametrize(
    ("scope", "within"),
    [(Scope.GROUP, Within()), (Scope.GROUP, Within(topic=1)), (Scope.TOPIC, Within()), (Scope.TOPIC, Within(group=1))],
)
def test_kind_of_groups_or_topics_says_of_which(
    in_niedersachsen: BoundNetwork, probe_of: Any, scope: Scope, within: Within
) -> None:
    probe_of(scope=scope)
    with pytest.raises(ValueError, match="Say in which"):
        told(make_person(), scope=within)


def test_told_twice_at_once_is_one(committed_network: BoundNetwork, probe: Kind) -> None:
    with bind(committed_network):
        maria = make_person()
    start = Barrier(4)

    def work() -> int:
        try:
            with bind(committed_network), transaction.atomic():
                start.wait()
                return len(told(maria))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        new = [each.result() for each in [pool.submit(work) for _ in range(4)]]
    assert sorted(new) == [0, 0, 0, 1]
    with bind(committed_network):
        assert (Notification.objects.count(), Mail.objects.count()) == (1, 1)


def test_telling_takes_the_same_number_of_queries_for_one_and_three(
    in_niedersachsen: BoundNetwork, probe: Kind, django_assert_num_queries: Any
) -> None:
    people = [make_person() for _ in range(4)]
    about = thing()
    for some in (people[:1], people[1:]):
        with django_assert_num_queries(7):  # two for the rows, three for the mails, a savepoint
            assert len(told(*some, about=about)) == len(some)


def test_apps_tell_and_do_not_queue_mails() -> None:
    """Otherwise a mail goes out that the member's page does not know, and that no wish can stop."""
    callers = {relative(path) for path in python_files() for call in calls(path) if called_name(call) == "queue_mails"}
    assert callers == {f"platform/dkbm/notifications/domain/{name}.py" for name in ("digest", "dispatch")}
