"""The link that verifies an address: once, in its own network, and for whoever can prove that the account is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.utils import timezone

from dkbm.accounts.domain import confirmation
from dkbm.accounts.domain.people import create_member
from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import AdmissionRequest, Person, TrustedMailDomain
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import make_person


def test_link_verifies_once_and_says_so_the_second_time(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client: Client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    link = post_of(niedersachsen).link("account.confirm")
    page = client.get(link)
    assert page.status_code == 200
    assert "Jana Behrens" in page.content.decode()
    with bind(niedersachsen):
        assert not EmailAddress.objects.get().verified  # looking at the page is not enough
    assert client.post(link)["Location"] == "/konto/"
    with bind(niedersachsen):
        assert EmailAddress.objects.get().verified
        assert AdmissionRequest.objects.get().state == AdmissionState.OPEN
    again = client.post(link)
    assert again.status_code == 410
    assert "Dieser Link wurde schon benutzt" in again.content.decode()


CHOSEN, STRANGERS = "das-neu-gewaehlte-passwort", "das-passwort-von-jemand-anderem"


def test_expired_link_says_what_to_do(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    link = post_of(niedersachsen).link()
    with time_machine.travel(timezone.now() + timedelta(days=3, seconds=1)):
        response = client.post(link)
    assert response.status_code == 410
    assert "Dieser Link ist abgelaufen" in response.content.decode()
    with bind(niedersachsen):
        assert not EmailAddress.objects.get().verified


def test_link_from_before_an_update_and_a_change_of_the_key_verifies(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, settings: Any
) -> None:
    """Mails that are out were signed without their network and with the key of that day."""
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    new = post_of(niedersachsen).link()
    with bind(niedersachsen):
        address = EmailAddress.objects.get()
        payload = confirmation.LINK.read(confirmation.token_for(address))
    old = f"/konto/confirm-email/{signing.dumps(payload, salt='dkbm.accounts.confirmation')}/"
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "neu" * 20, [settings.SECRET_KEY]
    assert [client.get(link).status_code for link in (new, old)] == [200, 200]
    assert client_of(niedersachsen).post(old, {"password1": PASSWORD})["Location"] == "/konto/"
    with bind(niedersachsen):
        assert EmailAddress.objects.get().verified


def test_forged_link_is_invalid(niedersachsen: BoundNetwork, client_of: Any) -> None:
    response = client_of(niedersachsen).get("/konto/confirm-email/abc:def:ghi/")
    assert response.status_code == 410
    assert "Dieser Link ist ungültig" in response.content.decode()


def test_link_of_one_network_is_invalid_on_the_other(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data())
    response = client_of(bayern).post(post_of(niedersachsen).link())
    assert response.status_code == 410
    with bind(niedersachsen):
        assert not EmailAddress.objects.get().verified


def test_second_sign_up_before_verifying_replaces_the_first(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    """Whoever typed a foreign address first must not keep a password for it."""
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data(first_name="Fremd", password1="passwort-des-fremden"))
    first = post_of(niedersachsen).link()
    client.post("/konto/signup/", form_data())
    second = post_of(niedersachsen).link()
    assert "Es gibt einen neueren Link" in client.post(first).content.decode()
    assert client.post(second).status_code == 302
    with bind(niedersachsen):
        person = Person.objects.get()
        assert person.first_name == "Jana"
        assert person.check_password(PASSWORD)
        assert AdmissionRequest.objects.count() == 1


def test_link_signs_in_the_browser_in_which_one_signed_up_and_leads_to_what_was_to_be_read(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client: Client = client_of(niedersachsen)
    sent = client.get("/benachrichtigungen/")["Location"]
    page = client.get(sent).content.decode()
    assert "sehen nur Mitglieder des Netzwerks." in " ".join(page.split())
    assert "/konto/signup/?next=%2Fbenachrichtigungen%2F" in page
    client.post("/konto/signup/?next=/benachrichtigungen/", form_data())
    answered = client.post(post_of(niedersachsen).link("account.confirm"), follow=True)
    assert answered.redirect_chain == [("/benachrichtigungen/", 302)]
    assert "Ihre Adresse ist bestätigt." in answered.content.decode()
    assert "Sie sind noch nicht aufgenommen." in answered.content.decode()
    with bind(niedersachsen):
        assert client.session["_auth_user_id"] == str(Person.objects.get().pk)


def test_link_in_another_browser_asks_for_a_password_and_keeps_no_foreign_goal(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client: Client = client_of(niedersachsen)
    client.post("/konto/signup/?next=https://boese.example.org/", form_data())
    link = post_of(niedersachsen).link("account.confirm")
    elsewhere: Client = client_of(niedersachsen)
    page = " ".join(elsewhere.get(link).text.split())
    assert "Legen Sie dabei Ihr Passwort fest; nur mit diesem loggen Sie sich künftig ein." in page
    assert 'type="password"' in page
    assert 'type="password"' not in client.get(link).text
    for typed, sentence in (
        ("", "Bitte ergänzen Sie diese Angabe."),
        ("kurz", "Dieses Passwort ist zu kurz."),
        ("jana.behrens@landkreis-verden.de", "Das Passwort ähnelt zu sehr Ihrer Angabe „E-Mail-Adresse“."),
    ):
        refused = elsewhere.post(link, {"password1": typed})
        assert (refused.status_code, sentence in refused.text) == (422, True)
    with bind(niedersachsen):
        assert not EmailAddress.objects.get().verified
        assert Person.objects.get().check_password(PASSWORD)
    assert elsewhere.post(link, {"password1": CHOSEN})["Location"] == "/konto/"
    with bind(niedersachsen):
        assert "after_sign_in" not in client.session
        assert Person.objects.get().check_password(CHOSEN)
    again = elsewhere.post(link, {"password1": "noch-ein-ganz-anderes"})
    assert "Dieser Link wurde schon benutzt" in again.text


def test_stranger_who_signs_up_with_my_name_and_address_gets_no_password_for_my_account(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    """Vera's link says that there is a newer one, and she confirms by that: the password is the one that she types."""
    with bind(niedersachsen):
        TrustedMailDomain.objects.create(domain="landkreis-verden.de")
    vera: Client = client_of(niedersachsen)
    stranger: Client = client_of(niedersachsen, REMOTE_ADDR="10.0.0.7")
    data = form_data(first_name="Vera", last_name="Opfer")
    vera.post("/konto/signup/", data)
    first = post_of(niedersachsen).link("account.confirm")
    stranger.post("/konto/signup/", {**data, "password1": STRANGERS})
    replaced = vera.post(first)
    assert (replaced.status_code, "legen Sie dort Ihr eigenes Passwort fest" in replaced.text) == (410, True)
    newest = post_of(niedersachsen).link("account.confirm")
    assert 'type="password"' in vera.get(newest).text
    assert vera.post(newest).status_code == 422
    assert vera.post(newest, {"password1": CHOSEN})["Location"] == "/"
    with bind(niedersachsen):
        assert Membership.objects.get().is_active
    login = {"login": data["email"], "password": STRANGERS}
    assert stranger.post("/konto/login/", login).status_code == 200
    assert stranger.get("/konto/")["Location"] == "/konto/login/?next=/konto/"
    assert client_of(niedersachsen).post("/konto/login/", {**login, "password": CHOSEN})["Location"] == "/"


def test_confirming_by_code_needs_the_proof_or_a_password(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data())
    with bind(niedersachsen):
        token = confirmation.token_for(EmailAddress.objects.get())
        with pytest.raises(NotAllowed, match="legen Sie Ihr Passwort fest"):
            confirmation.confirm(token, opener=confirmation.Opener())
        assert not EmailAddress.objects.get().verified


def test_stranger_who_enters_my_address_as_their_new_one_is_not_confirmed_by_me(
    niedersachsen: BoundNetwork, client_of: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        stranger = make_person("Vera Opfer", email="fremd@example.org", password=PASSWORD)
    theirs: Client = client_of(niedersachsen)
    theirs.post("/konto/login/", {"login": "fremd@example.org", "password": PASSWORD})
    theirs.post("/konto/reauthenticate/", {"password": PASSWORD})
    theirs.post("/konto/email/", {"email": "vera@example.org", "action_add": ""})
    link = post_of(niedersachsen).link("account.confirm")
    for answer in (client_of(niedersachsen).get(link), client_of(niedersachsen).post(link, {"password1": CHOSEN})):
        assert (answer.status_code, "Bitte loggen Sie sich zuerst ein" in answer.text) == (410, True)
        assert f'href="/konto/login/?next={quote(link)}"' in answer.text
    with bind(niedersachsen):
        assert Person.objects.get(pk=stranger.pk).email == "fremd@example.org"
    assert theirs.post(link)["Location"] == "/konto/"


def test_member_made_by_a_command_keeps_no_password_that_a_stranger_typed(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, verden: Municipality
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data(password1=STRANGERS))
    values = {"first_name": "J", "last_name": "B", "function": "bildungsmonitoring", "municipality": verden}
    with bind(niedersachsen):
        member = create_member(email=form_data()["email"], **values)
        assert not member.has_usable_password()
        member.set_password(PASSWORD)
        member.save()
        assert create_member(email=form_data()["email"], **values).check_password(PASSWORD)
