"""The manager's list of mails that did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.models import AdmissionRequest
from dkbm.notifications.domain.delivery import deliver
from dkbm.notifications.domain.outbox import send_to_address
from dkbm.notifications.enums import MailState
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person
from tests.notifications.mail_server import Sink

ClientOf = Callable[..., Client]
LIST = "/verwaltung/mails/"


def failed(network: BoundNetwork, number: int = 1, address: str = "gast@example.org") -> list[Mail]:
    with bind(network):
        mails = [
            send_to_address(kind="probe.told", email=address, path="/", context={"title": f"Frage {n}"})
            for n in range(number)
        ]
        Mail.objects.update(state=MailState.FAILED, error="Der Mailserver nimmt die E-Mail nicht an: 550 <weg>")
    return mails


def person_of(network: BoundNetwork, *roles: str, state: str = MembershipState.ACTIVE) -> Any:
    with bind(network):
        return make_person(roles=roles, state=state)


@pytest.mark.parametrize(
    ("roles", "state", "status"),
    [
        ((Role.MANAGER,), MembershipState.ACTIVE, 200),
        ((Role.EDITOR,), MembershipState.ACTIVE, 403),
        ((), MembershipState.ACTIVE, 403),
        ((Role.MANAGER,), MembershipState.LEFT, 302),  # is no longer signed in
        ((Role.MANAGER,), MembershipState.REQUESTED, 403),
    ],
)
def test_only_managers_see_and_repeat(
    niedersachsen: BoundNetwork,
    client_of: ClientOf,
    probe: Kind,
    roles: tuple[str, ...],
    state: str,
    status: int,
) -> None:
    (mail,) = failed(niedersachsen)
    client = client_of(niedersachsen, person_of(niedersachsen, *roles, state=state))
    assert client.get(LIST).status_code == status
    answer = client.post(f"{LIST}{mail.pk}/erneut-senden/")
    assert answer.status_code == (403 if status == 403 else 302)
    with bind(niedersachsen):
        mail.refresh_from_db()
    assert mail.state == (MailState.QUEUED if status == 200 else MailState.FAILED)


def test_list_is_one_of_the_managers_screens(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    browser = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER))
    page = browser.get(LIST).content.decode()
    assert '<a href="/verwaltung/mails/" aria-current="page">E-Mails</a>' in page
    assert '<a href="/verwaltung/">Anfragen</a>' in page
    asking = person_of(niedersachsen, state=MembershipState.REQUESTED)
    with bind(niedersachsen):
        AdmissionRequest.objects.create(membership=Membership.objects.get(person=asking), state=AdmissionState.OPEN)
    for path in (LIST, f"{LIST}alle/", f"{LIST}warum/", f"{LIST}einstellungen/"):
        assert '<a href="/verwaltung/">Anfragen (1)</a>' in browser.get(path).text


def test_guests_sign_in_first(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    answer = client_of(niedersachsen).get(LIST)
    assert (answer.status_code, answer["Location"]) == (302, "/konto/login/?next=/verwaltung/mails/")


def test_manager_of_another_network_sees_and_repeats_nothing(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf, probe: Kind
) -> None:
    (mail,) = failed(bayern, address="marker-bayern@example.org")
    client = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER))
    assert b"marker-bayern" not in client.get(LIST).content
    assert client.post(f"{LIST}{mail.pk}/erneut-senden/").status_code == 404
    with bind(bayern):
        mail.refresh_from_db()
    assert mail.state == MailState.FAILED


def test_list_says_what_whom_and_why(niedersachsen: BoundNetwork, client_of: ClientOf, probe: Kind) -> None:
    failed(niedersachsen)
    page = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER)).get(LIST).content.decode()
    for text in ("Neue Antwort: Frage 0", "Antwort</b>", "an gast@example.org", "550 &lt;weg&gt;"):
        assert text in page
    assert page.count("<h1") == 1


def test_empty_list_says_that_all_is_well(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    page = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER)).get(LIST).content.decode()
    assert "Alles zugestellt" in page


def test_repeated_mail_goes_out(niedersachsen: BoundNetwork, client_of: ClientOf, probe: Kind, sink: Sink) -> None:
    (mail,) = failed(niedersachsen)
    client = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER))
    page = client.post(f"{LIST}{mail.pk}/erneut-senden/", follow=True).content.decode()
    assert "Die E-Mail an gast@example.org wird erneut versandt." in page
    assert "Eine E-Mail ist noch unterwegs." in page
    with bind(niedersachsen):
        deliver(mail_id=mail.pk)
    assert len(sink.accepted) == 1


def test_mail_that_is_under_way_is_not_repeated(niedersachsen: BoundNetwork, client_of: ClientOf, probe: Kind) -> None:
    (mail,) = failed(niedersachsen)
    with bind(niedersachsen):
        Mail.objects.update(state=MailState.SENT)
    client = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER))
    page = client.post(f"{LIST}{mail.pk}/erneut-senden/", follow=True).content.decode()
    assert "Diese E-Mail ist schon wieder unterwegs." in page


@pytest.mark.parametrize("number", [1, 3])
def test_queries(
    niedersachsen: BoundNetwork, client_of: ClientOf, probe: Kind, django_assert_num_queries: Any, number: int
) -> None:
    failed(niedersachsen, number)
    client = client_of(niedersachsen, person_of(niedersachsen, Role.MANAGER))
    client.get(LIST)
    with django_assert_num_queries(11):
        client.get(LIST)
