"""Signing in, passwords, second factor."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dkbm.accounts.adapter import NetworkAccountAdapter
from dkbm.accounts.models import Person, TrustedMailDomain
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from tests.accounts.signing_in import code_of
from tests.factories.people import PASSWORD, make_person

LOGIN = "/konto/login/"
EMAIL = "lena@example.org"


def sign_in(client: Client, password: str = PASSWORD, email: str = EMAIL) -> Any:
    return client.post(LOGIN, {"login": email, "password": password})


@pytest.fixture
def lena(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person("Lena Leitung", email=EMAIL, roles=(Role.MANAGER,))


def test_pages_of_the_entrance_are_german_with_one_heading(niedersachsen: BoundNetwork, client_of: Any) -> None:
    client = client_of(niedersachsen)
    for path, heading in {
        LOGIN: "Einloggen",
        "/konto/password/reset/": "Passwort vergessen",
        "/konto/password/reset/done/": "Bitte sehen Sie in Ihrem Postfach nach",
        "/konto/confirm-email/": "Bitte sehen Sie in Ihrem Postfach nach",
        "/konto/nutzungsbedingungen/": "Nutzungsbedingungen",
        "/konto/inactive/": "Dieses Konto ist geschlossen",
        "/konto/password/reset/key/done/": "Ihr neues Passwort gilt ab sofort",
    }.items():
        page = client.get(path).content.decode()
        assert page.count("<h1") == 1, path
        assert f"<h1>{heading}</h1>" in page


def test_pages_of_the_account_are_german_with_one_heading(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any
) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    for path in (
        "/konto/",
        "/konto/profil/",
        "/konto/austreten/",
        "/konto/email/",
        "/konto/password/change/",
        "/konto/2fa/",
        "/konto/reauthenticate/",
        "/konto/2fa/totp/activate/",
        "/konto/logout/",
    ):
        if path == "/konto/2fa/totp/activate/":
            prove(client)
        response = client.get(path)
        page = response.content.decode()
        assert response.status_code in {200, 403}, path
        assert page.count("<h1") == 1, path
        assert 'style="' not in page, path


@pytest.mark.parametrize("state", [MembershipState.LEFT, MembershipState.REFUSED])
def test_who_no_longer_belongs_cannot_sign_in(niedersachsen: BoundNetwork, client_of: Any, state: str) -> None:
    with bind(niedersachsen):
        make_person(email=EMAIL, state=state)
    client = client_of(niedersachsen)
    response = sign_in(client)
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in response.content.decode()
    assert client.get("/konto/").status_code == 302


def test_non_member_and_wrong_password_get_the_same_bytes(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any
) -> None:
    with bind(bayern):
        make_person(email=EMAIL)
    with bind(niedersachsen):
        make_person(email="hier@example.org")
        make_person(email="weg@example.org", state=MembershipState.LEFT)

    def answer(email: str, password: str) -> bytes:
        response = sign_in(client_of(niedersachsen), password, email)
        assert response.status_code == 200
        token = response.context["csrf_token"]
        return response.content.replace(str(token).encode(), b"").replace(email.encode(), b"")

    answers = {
        answer(EMAIL, PASSWORD),
        answer("hier@example.org", "falsch"),
        answer("weg@example.org", PASSWORD),
        answer("nirgends@example.org", "x"),
    }
    assert len(answers) == 1


def test_sixth_wrong_password_is_stopped_and_the_other_network_is_not(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, lena: Person, client_of: Any
) -> None:
    with bind(bayern):
        make_person(email="max@example.org")
    for _ in range(5):
        sign_in(client_of(niedersachsen), "falsch")
    assert "Zu viele Versuche." in sign_in(client_of(niedersachsen)).content.decode()
    assert sign_in(client_of(bayern), email="max@example.org")["Location"] == "/"


def test_login_goes_to_the_own_host_alone(niedersachsen: BoundNetwork, lena: Person, client_of: Any) -> None:
    client = client_of(niedersachsen)
    data = {"login": EMAIL, "password": PASSWORD, "next": "http://bayern.localhost/konto/"}
    assert client.post(LOGIN, data)["Location"] == "/"
    other = client_of(niedersachsen)
    assert other.post(LOGIN, {**data, "next": "/katalog/"})["Location"] == "/katalog/"


def test_password_is_changed_and_told_by_mail(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    url = "/konto/password/change/"
    wrong = client.post(url, {"oldpassword": "falsch", "password1": "ein-neues-langes"})
    assert "Das ist nicht Ihr jetziges Passwort." in wrong.content.decode()
    assert client.post(url, {"oldpassword": PASSWORD, "password1": "ein-neues-langes"})["Location"] == "/konto/"
    assert post_of(niedersachsen).last().subject == "Ihr Passwort wurde geändert"
    assert sign_in(client_of(niedersachsen), "ein-neues-langes")["Location"] == "/"


def test_password_reset_by_mail_works_once(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, post_of: Any
) -> None:
    client: Client = client_of(niedersachsen)
    assert client.post("/konto/password/reset/", {"email": EMAIL})["Location"] == "/konto/password/reset/done/"
    link = post_of(niedersachsen).link("account.password_reset")
    form_url = client.get(link)["Location"]
    assert client.get(form_url).status_code == 200
    assert client.post(form_url, {"password1": "ein-neues-langes"}).status_code == 302
    again = client_of(niedersachsen).get(link)
    assert "Dieser Link gilt nicht mehr" in again.content.decode()
    assert sign_in(client_of(niedersachsen), "ein-neues-langes")["Location"] == "/"


def test_password_reset_answers_the_same_to_every_address_and_mails_members_alone(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, lena: Person, client_of: Any, post_of: Any
) -> None:
    with bind(bayern):
        make_person(email="woanders@example.org")
    with bind(niedersachsen):
        make_person(email="weg@example.org", state=MembershipState.LEFT)
    answers = []
    for email in (EMAIL, "woanders@example.org", "weg@example.org", "nirgends@example.org"):
        client = client_of(niedersachsen)
        response = client.post("/konto/password/reset/", {"email": email})
        page = client.get(response["Location"])
        answers.append((response.status_code, response.content, sorted(response.cookies), page.content))
    assert len(set(map(repr, answers))) == 1
    assert post_of(niedersachsen).all() == [("account.password_reset", EMAIL)]


def test_unknown_mail_of_allauth_is_no_silent_loss(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(LookupError, match="account/email/unknown_account"):
        NetworkAccountAdapter().send_mail("account/email/unknown_account", "x@example.org", {})


def prove(client: Client) -> None:
    """Say the password again, as before every change of signing in."""
    assert client.post("/konto/reauthenticate/", {"password": PASSWORD}).status_code == 302


def activate(client: Client) -> str:
    """Set the second factor up in this browser; returns the app's secret."""
    prove(client)
    form = client.get("/konto/2fa/totp/activate/").context["form"]
    response = client.post("/konto/2fa/totp/activate/", {"code": code_of(form.secret)})
    assert response["Location"] == "/konto/2fa/recovery-codes/"
    return form.secret


def test_second_factor_with_a_real_code_and_a_recovery_code(
    niedersachsen: BoundNetwork,
    lena: Person,
    client_of: Any,
    post_of: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    with bind(niedersachsen), django_capture_on_commit_callbacks(execute=True):
        secret = activate(client)
    assert post_of(niedersachsen).last().subject == "Die zweite Stufe beim Einloggen ist eingerichtet"
    page = client.get("/konto/2fa/recovery-codes/")
    spare = page.context["unused_codes"][0]
    assert len(page.context["unused_codes"]) == 10
    with_code: Client = client_of(niedersachsen)
    assert sign_in(with_code)["Location"] == "/konto/2fa/authenticate/"
    assert with_code.get("/konto/").status_code == 302  # the password alone is not enough
    assert with_code.get("/konto/2fa/authenticate/").content.decode().count("<h1") == 1
    wrong = with_code.post("/konto/2fa/authenticate/", {"code": "000000"})
    assert "Der Code stimmt nicht." in wrong.content.decode()
    assert with_code.post("/konto/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/"
    with_spare: Client = client_of(niedersachsen)
    sign_in(with_spare)
    assert with_spare.post("/konto/2fa/authenticate/", {"code": spare})["Location"] == "/"
    again: Client = client_of(niedersachsen)
    sign_in(again)
    used = again.post("/konto/2fa/authenticate/", {"code": spare})
    assert "Der Code stimmt nicht." in used.content.decode()


def test_second_factor_counts_in_every_network_of_the_person(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, lena: Person, client_of: Any
) -> None:
    with bind(bayern):
        lena.memberships.model.objects.create(person_id=lena.pk, state=MembershipState.ACTIVE)
    client = client_of(niedersachsen)
    sign_in(client)
    activate(client)
    assert sign_in(client_of(bayern))["Location"] == "/konto/2fa/authenticate/"


def test_passkeys_are_not_offered(niedersachsen: BoundNetwork, lena: Person, client_of: Any) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    assert client.get("/konto/2fa/webauthn/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/verwaltung/", "/verwaltung/mitglieder/", "/cms/", "/", "/forum/", "/ag/", "/benachrichtigungen/"),
        "/verwaltung/mails/",
        *("/veranstaltungen/", "/suche/", "/katalog/"),
    ],
)
def test_manager_without_second_factor_is_sent_to_set_it_up(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, settings: Any, path: str
) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    assert client.get(path).status_code == 200  # the demo asks for none
    settings.REQUIRE_SECOND_FACTOR = True
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, "/konto/2fa/totp/activate/")
    asked = client.get("/konto/2fa/totp/activate/", follow=True)
    assert asked.redirect_chain[-1][0].startswith("/konto/reauthenticate/")
    assert "Hier brauchen Sie eine zweite Stufe" in asked.content.decode()
    activate(client)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/konto/", "/konto/password/change/", "/impressum/", "/datenschutz/"])
def test_manager_without_second_factor_reaches_the_own_account_and_legal_pages(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, settings: Any, path: str
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    assert client_of(niedersachsen, lena).get(path).status_code == 200


def test_manager_without_second_factor_reads_nobodys_page_and_writes_nothing(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = client_of(niedersachsen, lena)
    for response in (client.get(f"/konto/person/{lena.pk}/"), client.post("/verwaltung/domains/", {"domain": "x.de"})):
        assert (response.status_code, response["Location"]) == (302, "/konto/2fa/totp/activate/")
    with bind(niedersachsen):
        assert not TrustedMailDomain.objects.exists()


def _queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["guest", "member", "manager with a second factor"])
def test_asking_for_the_second_factor_costs_no_query(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, settings: Any, who: str
) -> None:
    client = client_of(niedersachsen)
    if who == "member":
        with bind(niedersachsen):
            client = client_of(niedersachsen, make_person("Mia Mitglied"))
    elif who != "guest":
        sign_in(client)
        secret = activate(client)
        client = client_of(niedersachsen)
        sign_in(client)
        client.post("/konto/2fa/authenticate/", {"code": code_of(secret)})
    client.get("/katalog/")
    before = _queries_of(client, "/katalog/")
    settings.REQUIRE_SECOND_FACTOR = True
    assert _queries_of(client, "/katalog/") == before


def test_editor_and_guest_are_not_asked_for_a_second_factor(
    niedersachsen: BoundNetwork, client_of: Any, settings: Any
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    with bind(niedersachsen):
        editor = make_person("Eva Editor", roles=(Role.EDITOR,))
    assert client_of(niedersachsen, editor).get("/cms/").status_code == 200
    assert client_of(niedersachsen).get("/verwaltung/")["Location"] == "/konto/login/?next=/verwaltung/"


def test_second_factor_is_switched_off_after_asking_again_who_is_there(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any
) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    secret = activate(client)
    with time_machine.travel(time.time() + 3600):
        asked = client.get("/konto/2fa/totp/deactivate/")
        assert asked["Location"].startswith("/konto/reauthenticate/")
        assert "Bitte bestätigen Sie, dass Sie es sind" in client.get(asked["Location"]).content.decode()
        prove(client)
        assert client.get("/konto/2fa/totp/deactivate/").status_code == 200
        assert client.post("/konto/2fa/totp/deactivate/")["Location"] == "/konto/2fa/"
    assert secret
    with bind(niedersachsen):
        assert not Authenticator.objects.exists()


def opened_without_the_app(network: BoundNetwork, person: Person, client_of: Any) -> tuple[Client, str]:
    """A session that came in by some other door than the sign-in, of somebody who has the app; and its secret."""
    with_app: Client = client_of(network)
    sign_in(with_app)
    secret = activate(with_app)
    return client_of(network, person), secret


@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("path", ["/verwaltung/", "/verwaltung/mitglieder/", "/cms/"])
def test_session_that_did_not_pass_the_second_factor_is_asked_for_the_code(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any, settings: Any, path: str, required: bool
) -> None:
    client, secret = opened_without_the_app(niedersachsen, lena, client_of)
    settings.REQUIRE_SECOND_FACTOR = required
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/konto/2fa/reauthenticate/?next={path}")
    assert "Bitte geben Sie zuerst den Code" in client.get(response["Location"]).content.decode()
    with time_machine.travel(time.time() + 60):
        assert client.post(response["Location"], {"code": "000000"}).status_code == 200
        assert client.get(path).status_code == 302
        assert client.post(response["Location"], {"code": code_of(secret)})["Location"] == path
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        *("/konto/2fa/totp/deactivate/", "/konto/2fa/recovery-codes/", "/konto/2fa/recovery-codes/generate/"),
        *("/konto/2fa/recovery-codes/download/", "/konto/password/change/", "/konto/email/"),
    ],
)
def test_password_alone_changes_nothing_that_protects_an_account_with_a_second_factor(
    niedersachsen: BoundNetwork, client_of: Any, path: str
) -> None:
    """Members too: whoever set the app up relies on it."""
    with bind(niedersachsen):
        member = make_person("Mia Mitglied", email="mia@example.org", password=PASSWORD)
    first: Client = client_of(niedersachsen)
    assert first.post("/konto/login/", {"login": member.email, "password": PASSWORD}).status_code == 302
    activate(first)
    client: Client = client_of(niedersachsen, member)
    prove(client)
    for response in (
        client.get(path),
        client.post(path, {"email": "neu@example.org", "password1": "ein-neues-langes"}),
    ):
        assert (response.status_code, response["Location"]) == (302, f"/konto/2fa/reauthenticate/?next={path}")
    with bind(niedersachsen):
        assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()
    assert not first.get(path).get("Location", "").startswith("/konto/2fa/reauthenticate/")


def test_account_without_a_second_factor_changes_its_password_as_before(
    niedersachsen: BoundNetwork, lena: Person, client_of: Any
) -> None:
    client = client_of(niedersachsen)
    sign_in(client)
    assert client.get("/konto/password/change/").status_code == 200
