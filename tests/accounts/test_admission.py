"""Waiting, being admitted or refused, trusted domains, leaving; played in the browser of each person."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain import admission
from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import AdmissionRequest, Person, TrustedMailDomain
from dkbm.audit.models import AuditEntry
from dkbm.cms.roles import group_name
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import ForeignVisitor, visitor_of
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import make_person

EMAIL = "jana.behrens@landkreis-verden.de"


@pytest.fixture
def manager(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person("Lena Leitung", email="leitung@example.org", roles=(Role.MANAGER,))


@pytest.fixture
def jana(niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, group_choice: Any) -> Client:
    """Jana's browser: signed up, address verified, signed in, waiting."""
    client: Client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    client.post(post_of(niedersachsen).link("account.confirm"))
    response = client.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})
    assert response["Location"] == "/"
    return client


def membership_of(email: str = EMAIL) -> Membership:
    return Membership.objects.select_related("person").get(person__email=email)


def test_managers_are_told_once_the_address_is_verified(
    niedersachsen: BoundNetwork, manager: Person, client_of: Any, form_data: Any, post_of: Any, group_choice: Any
) -> None:
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    assert [kind for kind, _ in post_of(niedersachsen).all()] == ["account.confirm"]
    client.post(post_of(niedersachsen).link())
    mail = post_of(niedersachsen).last("membership.requested")
    assert (mail.address, mail.subject) == ("leitung@example.org", "Jana Behrens möchte Mitglied werden")
    assert "Bildungsmonitoring, Landkreis Verden" in mail.body
    assert "AG 2 Bildungsmonitoring" in mail.body


def test_a_manager_whose_account_is_closed_gets_no_mail(
    niedersachsen: BoundNetwork, manager: Person, client_of: Any, form_data: Any, post_of: Any, group_choice: Any
) -> None:
    with bind(niedersachsen):
        make_person("Anna Abschied", email="gegangen@example.org", roles=(Role.MANAGER,), is_active=False)
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    client.post(post_of(niedersachsen).link())
    asked = [address for kind, address in post_of(niedersachsen).all() if kind == "membership.requested"]
    assert asked == ["leitung@example.org"]


def test_unverified_request_is_not_shown_to_managers(
    niedersachsen: BoundNetwork, manager: Person, client_of: Any, form_data: Any
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data())
    page = client_of(niedersachsen, manager).get("/verwaltung/").content.decode()
    assert "Jana Behrens" not in page
    assert "Niemand wartet" in page


@pytest.mark.parametrize("step", ["aufnehmen", "ablehnen"])
def test_unverified_request_is_not_decided_by_guessing_its_number(
    niedersachsen: BoundNetwork, manager: Person, client_of: Any, form_data: Any, step: str
) -> None:
    client_of(niedersachsen).post("/konto/signup/", form_data())
    with bind(niedersachsen):
        url = f"/verwaltung/anfragen/{membership_of().pk}/{step}/"
    assert client_of(niedersachsen, manager).post(url, {"reason": "Nein."}).status_code == 404
    with bind(niedersachsen):
        assert membership_of().is_waiting
        assert AdmissionRequest.objects.get().state == AdmissionState.UNCONFIRMED


def test_who_waits_sees_public_pages_and_where_the_request_stands(jana: Client) -> None:
    home = jana.get("/")
    assert home.status_code == 200
    assert "Sie sind noch nicht aufgenommen." in home.content.decode()
    page = jana.get("/konto/").content.decode()
    assert "Stand Ihrer Anfrage" in page
    assert "AG 2 Bildungsmonitoring" in page
    assert jana.get("/verwaltung/").status_code == 403


def test_manager_admits_into_network_and_group(
    jana: Client, niedersachsen: BoundNetwork, manager: Person, client_of: Any, group_choice: Any, post_of: Any
) -> None:
    leitung: Client = client_of(niedersachsen, manager)
    page = leitung.get("/verwaltung/").content.decode()
    assert "Jana Behrens" in page
    assert "Möchte zu: AG 2 Bildungsmonitoring" in page
    with bind(niedersachsen):
        waiting = membership_of()
    assert leitung.post(f"/verwaltung/anfragen/{waiting.pk}/aufnehmen/")["Location"] == "/verwaltung/"
    with bind(niedersachsen):
        member = membership_of()
        assert (member.state, member.since is not None) == (MembershipState.ACTIVE, True)
        request = AdmissionRequest.objects.get()
        assert (request.state, request.decided_by_id) == (AdmissionState.ADMITTED, manager.pk)
        entry = AuditEntry.objects.get(action="membership.admitted")
        assert (entry.actor_id, entry.subject_id) == (manager.pk, member.person_id)
    assert group_choice == [("requested", "ag2"), ("admitted", "ag2")]
    mail = post_of(niedersachsen).last()
    # The name is an agency's, which is no name of a network to stand behind "im Netzwerk".
    assert (mail.kind, mail.subject) == (
        "membership.admitted",
        "Sie sind jetzt Mitglied: Transferagentur Niedersachsen",
    )
    assert "willkommen! Sie sind jetzt Mitglied: Transferagentur Niedersachsen." in mail.body
    assert "Neu im Netzwerk" in jana.get("/").content.decode()


@pytest.mark.parametrize(
    ("method", "step", "data"),
    [
        ("post", "aufnehmen", {}),
        ("get", "ablehnen", {}),
        ("post", "ablehnen", {}),
        ("post", "ablehnen", {"reason": "x"}),
    ],
)
@pytest.mark.parametrize("state", [MembershipState.ACTIVE, MembershipState.REFUSED, MembershipState.LEFT])
def test_second_manager_reads_that_the_request_is_decided(
    niedersachsen: BoundNetwork,
    manager: Person,
    client_of: Any,
    post_of: Any,
    state: MembershipState,
    method: str,
    step: str,
    data: dict[str, str],
) -> None:
    with bind(niedersachsen):
        decided = Membership.objects.get(person=make_person("Jana Behrens", state=state))
    leitung: Client = client_of(niedersachsen, manager)
    response = getattr(leitung, method)(f"/verwaltung/anfragen/{decided.pk}/{step}/", data)
    assert (response.status_code, response["Location"]) == (302, "/verwaltung/")
    assert "Darüber wurde gerade entschieden" in leitung.get("/verwaltung/").content.decode()
    with bind(niedersachsen):
        decided.refresh_from_db()
        assert (decided.state, AdmissionRequest.objects.count()) == (state, 0)
    assert post_of(niedersachsen).all() == []


def test_manager_refuses_with_a_reason_that_is_mailed(
    jana: Client, niedersachsen: BoundNetwork, manager: Person, client_of: Any, post_of: Any
) -> None:
    leitung: Client = client_of(niedersachsen, manager)
    with bind(niedersachsen):
        url = f"/verwaltung/anfragen/{membership_of().pk}/ablehnen/"
    without = leitung.post(url, {"reason": " "})
    assert without.status_code == 422
    with bind(niedersachsen):
        assert membership_of().is_waiting
    assert leitung.post(url, {"reason": "Sie arbeiten nicht in einer Kommune."}).status_code == 302
    mail = post_of(niedersachsen).last()
    assert (mail.kind, mail.address) == ("membership.refused", EMAIL)
    assert "Sie arbeiten nicht in einer Kommune." in mail.body
    assert jana.get("/konto/")["Location"].startswith("/konto/login/")  # signed out by the decision
    assert "Sie arbeiten nicht in einer Kommune." in leitung.get("/verwaltung/protokoll/").content.decode()


def test_refused_person_fails_to_sign_in_like_with_a_wrong_password(
    jana: Client, niedersachsen: BoundNetwork, manager: Person, client_of: Any
) -> None:
    with bind(niedersachsen):
        admission.refuse(membership=membership_of(), visitor=visitor_of(manager), reason="nein")
    client = client_of(niedersachsen)
    right = client.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})
    wrong = client.post("/konto/login/", {"login": EMAIL, "password": "falsch"})
    assert right.status_code == wrong.status_code == 200
    sentence = "E-Mail-Adresse oder Passwort stimmen nicht."
    assert sentence in right.content.decode()
    assert sentence in wrong.content.decode()
    assert "sitzung" not in right.cookies


def test_refused_person_may_ask_again_by_mailed_link(
    jana: Client, niedersachsen: BoundNetwork, manager: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        admission.refuse(membership=membership_of(), visitor=visitor_of(manager), reason="nein")
    client = client_of(niedersachsen)
    again = re.findall(r"http://[^/\s]+(/\S+)", post_of(niedersachsen).last("membership.refused").body)[0]
    assert (again, client.get(again).status_code) == ("/konto/signup/", 200)  # /konto/ is closed to who is refused
    client.post(again, form_data())
    assert post_of(niedersachsen).last().kind == "account.join"
    data = {key: value for key, value in form_data().items() if key in {"function", "municipality", "terms"}}
    assert client.post(post_of(niedersachsen).link("account.join"), data).status_code == 302
    with bind(niedersachsen):
        assert membership_of().is_waiting
        assert list(AdmissionRequest.objects.values_list("state", flat=True)) == ["refused", "open"]
    assert client.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})["Location"] == "/"


def test_trusted_domain_admits_after_verifying_and_not_before(
    niedersachsen: BoundNetwork, manager: Person, client_of: Any, form_data: Any, post_of: Any, group_choice: Any
) -> None:
    leitung = client_of(niedersachsen, manager)
    assert leitung.post("/verwaltung/domains/", {"domain": "@Landkreis-Verden.de"}).status_code == 302
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    with bind(niedersachsen):
        assert membership_of().is_waiting
    client.post(post_of(niedersachsen).link())
    with bind(niedersachsen):
        assert membership_of().is_active
    assert group_choice == [("requested", "ag2"), ("admitted", "ag2")]
    kinds = [kind for kind, _ in post_of(niedersachsen).all()]
    assert kinds == ["account.confirm", "membership.admitted"]  # nobody has to decide, so managers are not told
    page = leitung.get("/verwaltung/protokoll/").content.decode()
    assert "Jana Behrens wurde aufgenommen (vertraute Domain landkreis-verden.de)." in page


def test_domain_trusted_in_one_network_is_nothing_in_the_other(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(bayern):
        TrustedMailDomain.objects.create(domain="landkreis-verden.de")
    client = client_of(niedersachsen)
    client.post("/konto/signup/", form_data())
    client.post(post_of(niedersachsen).link())
    with bind(niedersachsen):
        assert membership_of().is_waiting


@pytest.mark.parametrize(
    ("domain", "sentence"),
    [
        ("gmx.de", "Eine Adresse mit dieser Domain kann sich jede Person einrichten."),
        ("kein ort", "Bitte nur die Domain angeben"),
        ("schon-da.de", "Diese Domain steht schon auf der Liste."),
    ],
)
def test_domain_that_cannot_be_trusted_is_refused_with_a_sentence(
    niedersachsen: BoundNetwork, manager: Person, client_of: Any, domain: str, sentence: str
) -> None:
    with bind(niedersachsen):
        TrustedMailDomain.objects.create(domain="schon-da.de")
    response = client_of(niedersachsen, manager).post("/verwaltung/domains/", {"domain": domain})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    with bind(niedersachsen):
        assert TrustedMailDomain.objects.count() == 1


def test_domain_is_struck_off(niedersachsen: BoundNetwork, manager: Person, client_of: Any) -> None:
    with bind(niedersachsen):
        entry = TrustedMailDomain.objects.create(domain="alt.de")
    client_of(niedersachsen, manager).post(f"/verwaltung/domains/{entry.pk}/streichen/")
    with bind(niedersachsen):
        assert not TrustedMailDomain.objects.exists()
        assert AuditEntry.objects.get().detail == {"domain": "alt.de"}


def test_admission_by_a_manager_of_another_network_is_refused(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any
) -> None:
    with bind(bayern):
        stranger = make_person(roles=(Role.MANAGER,))
        actor = visitor_of(stranger)
    with bind(niedersachsen):
        waiting = Membership.objects.get(person=make_person(state=MembershipState.REQUESTED))
        with pytest.raises(NotAllowed):
            admission.admit(membership=waiting, visitor=visitor_of(stranger))
        with pytest.raises(ForeignVisitor):
            admission.admit(membership=waiting, visitor=actor)
    assert client_of(bayern, stranger).post(f"/verwaltung/anfragen/{waiting.pk}/aufnehmen/").status_code == 404


def test_leaving_ends_roles_and_groups_and_signs_out(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        person = make_person("Eva Editor", roles=(Role.EDITOR,))
    client = client_of(niedersachsen, person)
    assert client.get("/konto/austreten/").status_code == 200
    assert client.post("/konto/austreten/")["Location"] == "/"
    with bind(niedersachsen):
        membership = Membership.objects.get(person=person)
        assert (membership.state, membership.roles) == (MembershipState.LEFT, [])
        assert not person.groups.filter(name=group_name(niedersachsen.id, Role.EDITOR)).exists()
        assert Person.objects.get(pk=person.pk).display_name == "Eva Editor"  # what was written keeps its name
    assert client.get("/konto/")["Location"].startswith("/konto/login/")


def test_withdrawing_a_request(jana: Client, niedersachsen: BoundNetwork) -> None:
    assert jana.post("/konto/austreten/").status_code == 302
    with bind(niedersachsen):
        assert AdmissionRequest.objects.get().state == AdmissionState.WITHDRAWN
        assert AuditEntry.objects.get().action == "membership.withdrawn"


def test_last_manager_cannot_leave(niedersachsen: BoundNetwork, manager: Person, client_of: Any) -> None:
    response = client_of(niedersachsen, manager).post("/konto/austreten/")
    assert response.status_code == 403
    assert "Sie sind die einzige Netzwerkleitung." in response.content.decode()
    with bind(niedersachsen):
        assert membership_of("leitung@example.org").is_manager


def test_profile_is_changed_for_this_network_alone(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, verden: Any
) -> None:
    with bind(niedersachsen):
        person = make_person("Jana Behrens")
    client = client_of(niedersachsen, person)
    assert client.get("/konto/profil/").status_code == 200
    data = {
        "first_name": "Jana",
        "last_name": "Meier",
        "function": "koko",
        "municipality": str(verden.pk),
        "phone": "04231 000",
        "about": "<script>x</script>",
    }
    assert client.post("/konto/profil/", {**data, "last_name": ""}).status_code == 422
    assert client.post("/konto/profil/", data)["Location"] == "/konto/"
    page = client.get("/konto/").content.decode()
    assert "Koordination Neuzugewanderte (KoKo), Landkreis Verden" in page
    assert "<script>x" not in page
    with bind(bayern):
        assert not person.profiles.exists()
