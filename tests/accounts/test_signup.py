"""From the sign-up form to the verified address."""

from __future__ import annotations

from collections.abc import Callable
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
from dkbm.accounts.domain.confirmation import has_signed_up
from dkbm.accounts.domain.people import create_author, create_member
from dkbm.accounts.domain.signup import Application, sign_up
from dkbm.accounts.enums import TERMS_VERSION, AdmissionState
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import AdmissionRequest, Person, Profile, TermsAcceptance, TrustedMailDomain
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import PLATFORM_ID, BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.models import Membership
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import make_person

SENT = "/konto/confirm-email/"
CHOSEN, STRANGERS = "das-neu-gewaehlte-passwort", "das-passwort-von-jemand-anderem"


def test_form_offers_the_networks_own_municipalities_first(
    niedersachsen: BoundNetwork, client_of: Any, verden: Municipality, group_choice: Any
) -> None:
    page = client_of(niedersachsen).get("/konto/signup/").content.decode()
    assert page.index("Kommunen im Netzwerk Niedersachsen") < page.index("Landkreis Verden")
    assert page.index("Landkreis Verden") < page.index("Andere Kommunen") < page.index("Stadt Fürth")
    assert "AG 2 Bildungsmonitoring – Zahlen" in page
    assert page.count("<h1") == 1


def test_sign_up_records_person_profile_request_and_terms(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, group_choice: Any
) -> None:
    response = client_of(niedersachsen).post("/konto/signup/", form_data(email="Jana.Behrens@Landkreis-Verden.de"))
    assert (response.status_code, response["Location"]) == (302, SENT)
    with bind(niedersachsen):
        person = Person.objects.get(email="jana.behrens@landkreis-verden.de")
        membership = Membership.objects.get(person=person)
        request = AdmissionRequest.objects.get(membership=membership)
        assert (person.display_name, membership.state) == ("Jana Behrens", MembershipState.REQUESTED)
        assert (request.state, request.choice) == (AdmissionState.UNCONFIRMED, "ag2")
        assert Profile.objects.get(person=person).organisation_line == "Bildungsmonitoring, Landkreis Verden"
        assert TermsAcceptance.objects.get(person=person).version == TERMS_VERSION
        assert not EmailAddress.objects.get(user=person).verified
    assert group_choice == [("requested", "ag2")]
    assert post_of(niedersachsen).all() == [("account.confirm", "jana.behrens@landkreis-verden.de")]


def test_chosen_group_wins_over_the_matching_one(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, group_choice: Any
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data(choice="ag1"))
    client_of(niedersachsen).post("/konto/signup/", form_data(choice="keine", email="zwei@landkreis-verden.de"))
    with bind(niedersachsen):
        assert list(AdmissionRequest.objects.values_list("choice", flat=True)) == ["ag1", ""]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"first_name": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"first_name": "Jana\n\nIhr Konto ist gesperrt"}, "Hier passt nur eine einzige Zeile."),
        ({"first_name": "Jana https://boese.example"}, "Hier passt ein Name, keine Adresse im Netz."),
        ({"first_name": "Ja\u202ena"}, "Hinter „Ja“ steht ein unsichtbares Zeichen (U+202E)."),
        ({"email": "jana"}, "Bitte gültige E-Mail-Adresse eingeben."),
        (
            {"email": "koko.landkreis-verden@netz-1.invalid"},
            "An diese Adresse kann niemand schreiben. Bitte geben Sie eine dienstliche Adresse an.",
        ),
        ({"password1": "kurz"}, "Dieses Passwort ist zu kurz."),
        (
            {"password1": "jana.behrens@landkreis-verden.de"},
            "Das Passwort ähnelt zu sehr Ihrer Angabe „E-Mail-Adresse“.",
        ),
        ({"municipality": ""}, "Bitte wählen Sie die Kommune, für die Sie arbeiten."),
        ({"municipality": "999999"}, "Bitte eine gültige Auswahl treffen."),
        ({"function": "zauberei"}, "Bitte eine gültige Auswahl treffen."),
        ({"terms": ""}, "Ohne Zustimmung zu den Nutzungsbedingungen ist die Teilnahme nicht möglich."),
    ],
)
def test_bad_input_is_named_beside_its_field_and_nothing_is_lost(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, change: dict[str, str], sentence: str
) -> None:
    response = client_of(niedersachsen).post("/konto/signup/", form_data(**change))
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Behrens"' in page
    with bind(niedersachsen):
        assert not Person.objects.exists()


def test_mail_to_a_strangers_address_says_nothing_that_was_typed(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data(first_name="Ihr Konto", last_name="ist gesperrt"))
    body = post_of(niedersachsen).last().body
    assert body.startswith("Guten Tag,\n")
    assert "gesperrt" not in body


def test_script_in_every_field_is_escaped(niedersachsen: BoundNetwork, client_of: Any, form_data: Any) -> None:
    script = "<script>alert(1)</script>"
    data = form_data(first_name=script, last_name=script, terms="")
    page = client_of(niedersachsen).post("/konto/signup/", data).content.decode()
    assert script not in page
    assert "&lt;script&gt;alert(1)" in page


def test_staff_of_the_agency_needs_no_municipality(niedersachsen: BoundNetwork, client_of: Any, form_data: Any) -> None:
    data = form_data(function="transferagentur", municipality="")
    assert client_of(niedersachsen).post("/konto/signup/", data).status_code == 302
    with bind(niedersachsen):
        assert Profile.objects.get().organisation_line == "Transferagentur Niedersachsen"


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


def test_sign_in_with_unverified_address_sends_a_new_link_and_does_not_sign_in(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    response = client.post("/konto/login/", {"login": form_data()["email"], "password": PASSWORD})
    assert response["Location"] == SENT
    assert [kind for kind, _address in post_of(niedersachsen).all()] == ["account.confirm", "account.confirm"]
    assert client.get("/konto/")["Location"].startswith("/konto/login/")


def test_sixth_sign_up_with_one_address_in_an_hour_is_stopped(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any
) -> None:
    client = client_of(niedersachsen)
    statuses = [client.post("/konto/signup/", form_data()).status_code for _ in range(6)]
    assert statuses == [302, 302, 302, 302, 302, 429]


def test_nobody_signs_up_on_the_front_door(db: None) -> None:
    assert Client(headers={"host": platform().host}).get("/konto/signup/").status_code == 404
    assert PLATFORM_ID == 0


def _normal(response: Any) -> tuple[int, str, bytes, list[str]]:
    return (response.status_code, response.get("Location", ""), response.content, sorted(response.cookies))


@pytest.mark.parametrize("form_url", ["/konto/signup/"])
def test_known_and_unknown_addresses_get_the_same_answer(
    niedersachsen: BoundNetwork,
    bayern: BoundNetwork,
    client_of: Callable[..., Client],
    form_data: Any,
    form_url: str,
) -> None:
    with bind(niedersachsen):
        make_person(email="hier@example.org")
        make_person(email="wartet@example.org", state=MembershipState.REQUESTED)
        make_person(email="abgelehnt@example.org", state=MembershipState.REFUSED)
    with bind(bayern):
        make_person(email="woanders@example.org")
    answers, pages = [], []
    for name in ("hier", "wartet", "abgelehnt", "woanders", "unbekannt"):
        client = client_of(niedersachsen)
        answers.append(_normal(client.post(form_url, form_data(email=f"{name}@example.org"))))
        pages.append(client.get(SENT).content)
    assert len(set(map(repr, answers))) == 1
    assert len(set(pages)) == 1


def _author(verden: Municipality) -> tuple[str, ...]:
    person = Person.objects.get(stands_for_function=True)
    profile = Profile.objects.get(person=person)
    return (person.first_name, person.last_name, person.password, profile.function.slug, profile.municipality.name)


def test_sign_up_with_the_address_of_an_imported_author_changes_nothing(
    in_niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, verden: Municipality
) -> None:
    """Such an address can be guessed, and nobody ever verifies it."""
    author = create_author(function="koko", municipality=verden)
    before = _author(verden)
    application = Application("Fremd", "Fremd", author.email, "passwort-des-fremden", "bildungsmonitoring", None)
    sign_up(application)
    client_of(in_niedersachsen).post("/konto/signup/", form_data(email=author.email))
    assert _author(verden) == before
    assert post_of(in_niedersachsen).all() == []
    assert not AdmissionRequest.objects.exists()


def test_sign_up_with_the_address_of_a_member_without_verified_address_changes_nothing(
    in_niedersachsen: BoundNetwork, form_data: Any, client_of: Any, post_of: Any
) -> None:
    person = make_person(email="hier@example.org")
    EmailAddress.objects.update(verified=False)
    client_of(in_niedersachsen).post("/konto/signup/", form_data(email="hier@example.org"))
    kept = Person.objects.get(pk=person.pk)
    assert (kept.display_name, kept.password) == ("Maria Kröger", person.password)
    assert post_of(in_niedersachsen).all() == [("account.known", "hier@example.org")]


def test_author_of_imported_texts_can_neither_reset_a_password_nor_sign_in(
    in_niedersachsen: BoundNetwork, client_of: Any, post_of: Any, verden: Municipality
) -> None:
    author = create_author(function="koko", municipality=verden)
    client = client_of(in_niedersachsen)
    assert client.post("/konto/password/reset/", {"email": author.email}).status_code == 302
    assert post_of(in_niedersachsen).all() == []
    author.set_password(PASSWORD)
    author.save()
    EmailAddress.objects.create(user=author, email=author.email, verified=True, primary=True)
    client.post("/konto/login/", {"login": author.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


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
    assert vera.post(newest, {"password1": CHOSEN})["Location"] == "/konto/"
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


def test_sign_up_with_a_known_address_keeps_nothing_that_signs_in(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any
) -> None:
    with bind(niedersachsen):
        known = make_person(email="jana.behrens@landkreis-verden.de")
    client: Client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    with bind(niedersachsen):
        assert not has_signed_up(known, client.session["signed_up"])


def test_ways_in_come_back_to_the_page_they_stand_on(niedersachsen: BoundNetwork, client_of: Any) -> None:
    client: Client = client_of(niedersachsen)
    page = client.get("/veranstaltungen/").content.decode()
    assert "/konto/login/?next=%2Fveranstaltungen%2F&amp;von=seite" in page
    assert "/konto/signup/?next=%2Fveranstaltungen%2F&amp;von=seite" in page
    entrance = client.get("/konto/login/?next=%2Fveranstaltungen%2F&von=seite").content.decode()
    assert "dort weiter, wo Sie waren" in entrance
    assert "sehen nur Mitglieder" not in entrance
    assert "/konto/signup/?next=%2Fveranstaltungen%2F" in entrance
    forum = client.get("/konto/login/?next=/forum/netzweit/").content.decode()
    assert "Was Sie im Bereich „Forum“ öffnen wollten, sehen nur Mitglieder" in " ".join(forum.split())
    home = client.get("/").content.decode()
    opened = "Forum, Dokumente, Mitgliederverzeichnis und Anmeldung zu Veranstaltungen stehen Ihnen dann offen."
    assert opened in home


def test_password_emptied_by_an_error_elsewhere_asks_for_itself(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, group_choice: Any
) -> None:
    sentence = "Bitte geben Sie das Passwort noch einmal ein."
    browser = client_of(niedersachsen)
    for changed, asked in (({"email": "jana"}, True), ({"email": "jana", "password1": "kurz"}, False)):
        page = browser.post("/konto/signup/", form_data(**changed)).content.decode()
        assert (sentence in page) is asked
    login = browser.post("/konto/login/", {"login": "jana", "password": PASSWORD}).content.decode()
    assert sentence in login
