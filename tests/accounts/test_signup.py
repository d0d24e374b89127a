"""From the sign-up form to the mail; nobody learns which addresses are known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from dkbm.accounts.domain.confirmation import has_signed_up
from dkbm.accounts.domain.people import create_author
from dkbm.accounts.domain.signup import Application, sign_up
from dkbm.accounts.enums import TERMS_VERSION, AdmissionState
from dkbm.accounts.models import AdmissionRequest, Person, Profile, TermsAcceptance
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import PLATFORM_ID, BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.models import Membership
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import make_person

SENT = "/konto/confirm-email/"


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
        pages.append(client.get(SENT).text.replace(f"{name}@example.org", "what was typed"))
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
