"""The managers' pages about mails: the log with its filters, why somebody got none, and what is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dkbm.notifications.domain.mail_settings import kept_months
from dkbm.notifications.domain.retention import blank_old_mails
from dkbm.notifications.domain.tracing import trace
from dkbm.notifications.domain.wishes import default_level
from dkbm.notifications.enums import Level, MailState, Rule
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from tests.factories.forum import make_space, make_topic
from tests.factories.people import make_person

ClientOf = Callable[..., Client]
LOG, TRACE, SETTINGS = (f"/verwaltung/mails/{name}/" for name in ("alle", "warum", "einstellungen"))


def manager(network: BoundNetwork, client_of: ClientOf) -> Client:
    with bind(network):
        return client_of(network, make_person("Mara Manager", roles=(Role.MANAGER,)))


def mail(person: Any = None, **fields: Any) -> Mail:
    values = {"kind": "forum.reply", "address": "gast@example.org", "subject": "Frage", "body": "x", "path": "/x/"}
    if person:
        values |= {"recipient": person, "address": person.email}
    return Mail.objects.create(**{**values, **fields})


def subjects(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{LOG}{query}").content.decode()
    return [part.split("</h2>")[0] for part in page.split("<h2>")[1:]]


@pytest.mark.parametrize("path", [LOG, TRACE, SETTINGS])
def test_only_managers(niedersachsen: BoundNetwork, client_of: ClientOf, path: str) -> None:
    with bind(niedersachsen):
        member, editor = make_person(), make_person("Ute Emden", roles=(Role.EDITOR,))
    assert client_of(niedersachsen).get(path).status_code == 302
    assert client_of(niedersachsen, member).get(path).status_code == 403
    assert client_of(niedersachsen, editor).get(path).status_code == 403
    assert manager(niedersachsen, client_of).get(path).status_code == 200


def test_filters(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf) -> None:
    client = manager(niedersachsen, client_of)
    with bind(bayern):
        mail(subject="Marker Bayern")
    with bind(niedersachsen):
        person = make_person("Wiebke Tammen")
        space = make_space(Membership.objects.get(person__last_name="Manager").person)
        mail(person, subject="an Wiebke")
        mail(subject="an Gast", state=MailState.FAILED, error="550 weg")
        mail(subject="in Gruppe", group=space.workgroup_id, kind="forum.topic", rule=Rule.GROUP)
    assert subjects(client) == ["in Gruppe", "an Gast", "an Wiebke"]
    assert subjects(client, "?person=tammen+wieb") == ["an Wiebke"]
    assert subjects(client, f"?person={person.email.upper()}") == ["an Wiebke"]
    assert subjects(client, "?person=gast@example.org") == ["in Gruppe", "an Gast"]
    assert subjects(client, "?person=niemand") == ["Keine E-Mails"]
    assert subjects(client, f"?gruppe={space.workgroup_id}") == ["in Gruppe"]
    assert subjects(client, "?art=forum.topic") == ["in Gruppe"]
    assert subjects(client, "?stand=failed") == ["an Gast"]
    assert subjects(client, "?stand=unsinn&gruppe=x&vor=x") == ["in Gruppe", "an Gast", "an Wiebke"]


@pytest.mark.parametrize("number", [1, 40])
def test_queries_are_few_however_many_mails(
    niedersachsen: BoundNetwork, client_of: ClientOf, django_assert_num_queries: Any, number: int
) -> None:
    client = manager(niedersachsen, client_of)
    with bind(niedersachsen):
        person = make_person()
        for _time in range(number):
            mail(person)
    client.get(LOG)
    with django_assert_num_queries(9):
        client.get(LOG)


def test_pages_go_by_key(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    client = manager(niedersachsen, client_of)
    with bind(niedersachsen):
        rows = [mail(subject=f"Mail {number}") for number in range(35)]
    assert subjects(client) == [f"Mail {number}" for number in range(34, 4, -1)]
    assert f"vor={rows[5].pk}" in client.get(f"{LOG}?art=forum.reply").content.decode()
    assert subjects(client, f"?vor={rows[5].pk}") == [f"Mail {number}" for number in range(4, -1, -1)]


def steps(person: Any, thing: str) -> str:
    membership = Membership.objects.get(person=person)
    return " ".join(step for each in trace(membership=membership, thing=thing) for step in each.steps)


def notification(person: Any, **fields: Any) -> Notification:
    values = {
        "kind": "forum.reply", "about_label": "x.y", "about_key": "1", "path": "/forum/1/#b2",
        "values": {"title": "Frage", "writer": "Jana"}, "level": Level.AT_ONCE, "rule": Rule.WROTE,
    }  # fmt: skip
    return Notification.objects.create(person=person, **{**values, **fields})


def test_trace_says_rule_and_answer_of_the_server(in_niedersachsen: BoundNetwork) -> None:
    person = make_person()
    row = notification(person)
    mail(person, notification=row.pk, state=MailState.FAILED, attempts=12, error="550 Postfach voll")
    for thing in ("/forum/1/", "http://niedersachsen.localhost:8000/forum/1/#b9", "frag"):
        found = steps(person, thing)
        for text in ("hat im Thema geschrieben", "sofort", "nicht zugestellt, 12 Versuche", "550 Postfach voll"):
            assert text in found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"level": Level.DAILY}, "Wartet auf den nächsten Überblick."),
        ({"level": Level.DAILY, "read": timezone.now()}, "deshalb stand es in keinem"),
        ({"level": Level.BELL, "rule": Rule.GROUP_OFF}, "Deshalb gab es keine E-Mail."),
        ({"level": Level.OFF, "rule": Rule.TOPIC_MUTED}, "möchte vom Thema nichts hören"),
    ],
)
def test_trace_of_each_level(in_niedersachsen: BoundNetwork, fields: dict[str, Any], expected: str) -> None:
    person = make_person()
    notification(person, **fields)
    assert expected in steps(person, "/forum/1/")


def test_trace_names_the_digest(in_niedersachsen: BoundNetwork) -> None:
    person = make_person()
    digest = mail(person, kind="digest.daily", subject="Tagesüberblick: Frage", state=MailState.SENT)
    notification(person, level=Level.DAILY, digest=digest)
    assert "Stand im Überblick „Tagesüberblick: Frage“." in steps(person, "/forum/1/")


def test_trace_of_whom_it_did_not_concern(in_niedersachsen: BoundNetwork) -> None:
    told, stranger, later = make_person("Jana Told"), make_person("Uwe Fremd"), make_person("Ina Neu")
    space = make_space(told, later)
    topic = make_topic(told, space=space)
    when = timezone.now() - timedelta(days=3)
    notification(told, group=space.workgroup_id, topic=topic.pk, told=when)
    space.workgroup.memberships.filter(person=later).update(since=timezone.now())
    assert "Sie gehört nicht (oder nicht mehr) zu" in steps(stranger, "/forum/1/")
    assert "Heute gälte für sie: Regel: im Netzwerk üblich" in steps(stranger, "/forum/1/")
    assert "Sie ist erst danach" in steps(later, "/forum/1/")
    Membership.objects.filter(person=stranger).update(state=MembershipState.LEFT)
    assert "Im Netzwerk ist die Person jetzt" in steps(stranger, "/forum/1/")
    assert "niemand benachrichtigt" in steps(told, "/nirgends/")


def test_trace_asks_for_one_person(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    client = manager(niedersachsen, client_of)
    with bind(niedersachsen):
        first, _second = make_person("Jana Tammen"), make_person("Wiebke Tammen")
        notification(first)
    page = client.get(f"{TRACE}?person=tammen&sache=Frage")
    assert page.status_code == 422
    assert "Das passt auf mehrere." in page.content.decode()
    assert "So heißt hier niemand" in client.get(f"{TRACE}?person=xyz&sache=Frage").content.decode()
    assert "hat im Thema geschrieben" in client.get(f"{TRACE}?person={first.email}&sache=Frage").content.decode()


def test_trace_leaves_the_bar_to_who_looks(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    client = manager(niedersachsen, client_of)
    with bind(niedersachsen):
        person = make_person()
    for query in ("", f"?person={person.email}&sache=Frage"):
        assert "Netzwerk verwalten" in client.get(f"{TRACE}{query}").content.decode()


def test_settings_hold_for_the_network_alone(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf
) -> None:
    client = manager(niedersachsen, client_of)
    page = client.get(SETTINGS)
    opened = page.context["form"]["opened"].value()
    answer = client.post(SETTINGS, {"level": "weekly", "months": "3", "opened": opened})
    assert answer.status_code == 302
    with bind(niedersachsen):
        assert (default_level(), kept_months()) == (Level.WEEKLY, 3)
        kept = mail(state=MailState.SENT, sent_at=timezone.now() - timedelta(days=80))
        blanked = mail(state=MailState.SENT, sent_at=timezone.now() - timedelta(days=91), sender_name="Jana")
        assert blank_old_mails() == 1
        kept.refresh_from_db()
        blanked.refresh_from_db()
        assert (kept.body, blanked.body, blanked.sender_name) == ("x", "", "")
    with bind(bayern):
        assert (default_level(), kept_months()) == (Level.DAILY, 1)
    assert client.post(SETTINGS, {"level": "off", "months": "99", "opened": opened}).status_code == 422
