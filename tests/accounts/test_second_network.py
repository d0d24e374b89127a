"""One account, several networks: joining by a mailed link, and what stays apart."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import signing
from django.test import Client
from django.utils import timezone

from dkbm.accounts.domain import admission, confirmation, join_links
from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import AdmissionRequest, JoinLink, Person, Profile, TrustedMailDomain
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import PASSWORD as OLD_PASSWORD
from tests.factories.people import make_person

EMAIL = "jana.behrens@landkreis-verden.de"


@pytest.fixture
def jana(bayern: BoundNetwork) -> Person:
    """An editor in Bayern."""
    with bind(bayern):
        return make_person("Jana Behrens", email=EMAIL, roles=(Role.EDITOR,))


def _place(form_data: Any) -> dict[str, str]:
    return {key: value for key, value in form_data().items() if key in {"function", "municipality", "terms"}}


def _sign_up(client: Client, form_data: Any, post: Any) -> str:
    assert client.post("/konto/signup/", form_data())["Location"] == "/konto/confirm-email/"
    return post.link("account.join")


def test_sign_up_with_an_account_elsewhere_mails_a_link_that_asks_for_membership(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any, group_choice: Any
) -> None:
    client = client_of(niedersachsen)
    link = _sign_up(client, form_data, post_of(niedersachsen))
    with bind(niedersachsen):
        assert not Membership.objects.filter(person_id=jana.pk).exists()  # only the owner of the mailbox asks
    page = client.get(link).content.decode()
    assert 'type="password"' not in page
    assert "Ihr Passwort bleibt dasselbe" in page
    assert '<option value="bildungsmonitoring" selected>' in page
    assert client.post(link, _place(form_data))["Location"] == "/konto/login/"
    with bind(niedersachsen):
        membership = Membership.objects.select_related("person").get(person_id=jana.pk)
        assert (membership.state, membership.roles) == (MembershipState.REQUESTED, [])
        assert membership.person.check_password(OLD_PASSWORD)  # the one typed at sign-up counts for nothing
        assert Profile.objects.get(person_id=jana.pk).organisation_line == "Bildungsmonitoring, Landkreis Verden"
    response = client.post("/konto/login/", {"login": EMAIL, "password": OLD_PASSWORD})
    assert response["Location"] == "/"


def test_link_asks_function_and_terms_again_when_they_are_missing(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    link = _sign_up(client, form_data, post_of(niedersachsen))
    response = client.post(link, {**_place(form_data), "terms": ""})
    assert response.status_code == 422
    assert "Ohne Zustimmung zu den Nutzungsbedingungen" in response.content.decode()
    with bind(niedersachsen):
        assert JoinLink.objects.get().used is None


def test_answer_to_a_sign_up_is_the_same_and_true_for_both_kinds_of_links(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    pages = []
    for email, kind in ((EMAIL, "account.join"), ("neu@landkreis-verden.de", "account.confirm")):
        client = client_of(niedersachsen)
        first, again = (client.post("/konto/signup/", form_data(email=email), follow=True) for _twice in range(2))
        assert first.content == again.content
        pages.append(first.text.replace(email, "what was typed"))
        assert post_of(niedersachsen).all()[-2:] == [(kind, email)] * 2  # asking again brings a new link
    assert pages[0] == pages[1]
    assert "Wie lange er gilt, steht in der E-Mail." in pages[0]
    assert 'href="/konto/signup/">Noch einmal registrieren' in pages[0]
    assert "drei Tage" not in pages[0]


def test_link_works_once(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    link = _sign_up(client, form_data, post_of(niedersachsen))
    client.post(link, _place(form_data))
    again = client.post(link, _place(form_data))
    assert again.status_code == 410
    assert "Dieser Link wurde schon benutzt" in again.content.decode()


def test_newer_link_takes_the_place_of_the_older_one(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    first = _sign_up(client, form_data, post_of(niedersachsen))
    second = _sign_up(client, form_data, post_of(niedersachsen))
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_link_expires_after_a_week(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    link = _sign_up(client, form_data, post_of(niedersachsen))
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        response = client.post(link, _place(form_data))
    assert response.status_code == 410
    assert "Dieser Link ist abgelaufen" in response.content.decode()


def test_link_from_before_links_carried_their_network_is_good_in_its_own(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    client = client_of(niedersachsen)
    _sign_up(client, form_data, post_of(niedersachsen))
    with bind(niedersachsen):
        old = f"/konto/beitreten/{signing.dumps(JoinLink.objects.get().pk, salt='dkbm.accounts.join')}/"
    assert client_of(bayern).post(old, _place(form_data)).status_code == 410
    assert client.post(old, _place(form_data))["Location"] == "/konto/login/"


def test_link_is_nothing_on_the_other_networks_host(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    link = _sign_up(client_of(niedersachsen), form_data, post_of(niedersachsen))
    response = client_of(bayern).post(link, _place(form_data))
    assert response.status_code == 410
    assert "Dieser Link ist ungültig" in response.content.decode()


def test_rights_differ_and_the_cookie_of_one_network_is_anonymous_on_the_other(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, jana: Person, client_of: Any
) -> None:
    with bind(niedersachsen):
        Membership.objects.create(person_id=jana.pk, state=MembershipState.ACTIVE, since=timezone.now())
    in_bayern: Client = client_of(bayern)
    assert in_bayern.post("/konto/login/", {"login": EMAIL, "password": OLD_PASSWORD}).status_code == 302
    assert "Redaktion" in in_bayern.get("/konto/").content.decode()
    replayed: Client = client_of(niedersachsen)
    replayed.cookies["sitzung"] = in_bayern.cookies["sitzung"].value
    assert replayed.get("/konto/")["Location"] == "/konto/login/?next=/konto/"
    own: Client = client_of(niedersachsen)
    own.post("/konto/login/", {"login": EMAIL, "password": OLD_PASSWORD})
    page = own.get("/konto/").content.decode()
    assert "Eingeloggt als" in page
    assert 'href="/cms/"' not in page


def test_address_that_nobody_verified_elsewhere_gives_its_typer_nothing(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    """Somebody typed Jana's address in Bayern with a password of their own; Jana joins Niedersachsen."""
    client_of(bayern).post("/konto/signup/", form_data(first_name="Fremd", password1="passwort-des-fremden"))
    old_link = post_of(bayern).link()
    client = client_of(niedersachsen)
    link = _sign_up(client, form_data, post_of(niedersachsen))
    assert "Wenn Sie Ihr Konto auf der Plattform schon benutzen, bleibt" in post_of(niedersachsen).last().body
    page = client.get(link).content.decode()
    assert 'type="password"' in page
    assert "bleibt dasselbe" not in page
    assert f"Künftig loggen Sie sich mit {EMAIL} und dem Passwort ein, das Sie hier festlegen." in page
    assert client.post(link, form_data())["Location"] == "/konto/"
    assert "Eingeloggt als" in client.get("/konto/").content.decode()
    client = client_of(niedersachsen)
    with bind(niedersachsen):
        person = Person.objects.get(email=EMAIL)
        assert (person.first_name, person.check_password(PASSWORD)) == ("Jana", True)
        assert EmailAddress.objects.get(user=person).verified
    assert client_of(bayern).post(old_link).status_code == 410
    response = client.post("/konto/login/", {"login": EMAIL, "password": "passwort-des-fremden"})
    assert "E-Mail-Adresse oder Passwort stimmen nicht." in response.content.decode()


def test_change_to_an_address_of_another_network_fails_only_for_the_owner_of_the_mailbox(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, jana: Person, client_of: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        person = make_person("Nora Neugier", email="nora@example.org")
    client: Client = client_of(niedersachsen)
    client.post("/konto/login/", {"login": "nora@example.org", "password": OLD_PASSWORD})
    client.post("/konto/reauthenticate/", {"password": OLD_PASSWORD})
    taken = client.post("/konto/email/", {"email": EMAIL, "action_add": ""})
    free = client.post("/konto/email/", {"email": "frei@example.org", "action_add": ""})
    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    with bind(niedersachsen):
        address = EmailAddress.objects.filter(user=person, verified=False).get()
        assert address.email == "frei@example.org"
        address.email = EMAIL
        address.save()
        token = confirmation.token_for(address)
    response = client.post(f"/konto/confirm-email/{token}/")
    assert response.status_code == 410
    assert "gehört schon zu einem Konto" in response.content.decode()
    with bind(niedersachsen):
        assert Person.objects.get(pk=person.pk).email == "nora@example.org"


def test_changed_address_counts_for_signing_in_everywhere(
    niedersachsen: BoundNetwork, client_of: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        make_person("Nora Neugier", email="nora@example.org")
    client: Client = client_of(niedersachsen)
    client.post("/konto/login/", {"login": "nora@example.org", "password": OLD_PASSWORD})
    assert client.get("/konto/email/").status_code == 200
    client.post("/konto/reauthenticate/", {"password": OLD_PASSWORD})
    client.post("/konto/email/", {"email": "Neu@example.org", "action_add": ""})
    assert client.post(post_of(niedersachsen).link("account.confirm"))["Location"] == "/konto/"
    with bind(niedersachsen):
        assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
            ("neu@example.org", True, True)
        ]
        assert Person.objects.get().email == "neu@example.org"
    signed_in = client_of(niedersachsen).post("/konto/login/", {"login": "neu@example.org", "password": OLD_PASSWORD})
    assert signed_in["Location"] == "/"


def test_forged_join_link_is_invalid(niedersachsen: BoundNetwork, client_of: Any) -> None:
    assert client_of(niedersachsen).get("/konto/beitreten/abc:def:ghi/").status_code == 410


def test_invitation_of_a_member_changes_nothing_but_the_role(
    in_niedersachsen: BoundNetwork, verden: Any, post_of: Any
) -> None:
    person = make_person(email="schon@example.org")
    link = join_links.send(email="schon@example.org", admits=True, roles=(Role.EDITOR,))
    joining = join_links.Joining(function="koko", municipality=verden)
    membership = join_links.accept(join_links.token_for(link), joining)
    assert (membership.person_id, membership.state, membership.roles) == (person.pk, "active", [Role.EDITOR])


def test_sign_up_by_anybody_leaves_an_invitation_as_it_is(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    """The person who is invited has an account elsewhere; somebody else types the address here."""
    with bind(niedersachsen):
        join_links.send(email=EMAIL, admits=True, roles=(Role.MANAGER,))
    client = client_of(niedersachsen)
    invitation = post_of(niedersachsen).link("account.invited")
    client.post("/konto/signup/", form_data())
    assert client.post(invitation, _place(form_data)).status_code == 302
    with bind(niedersachsen):
        membership = Membership.objects.get(person__email=EMAIL)
        assert (membership.state, membership.roles) == (MembershipState.ACTIVE, [Role.MANAGER])


def test_invited_person_with_an_account_elsewhere_gets_no_second_link(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        join_links.send(email=EMAIL, admits=True, roles=(Role.MANAGER,))
    client = client_of(niedersachsen)
    invitation = post_of(niedersachsen).link("account.invited")
    client.post("/konto/signup/", form_data())
    assert post_of(niedersachsen).all() == [("account.invited", EMAIL)]
    assert client.get(invitation).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):  # nothing waits in the mailbox any more
        client.post("/konto/signup/", form_data())
    assert post_of(niedersachsen).all() == [("account.invited", EMAIL), ("account.join", EMAIL)]


@pytest.fixture
def unconfirmed(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, group_choice: Any
) -> Client:
    """Signed in where the request is unconfirmed; another network's link has verified the address meanwhile."""
    here, there = client_of(niedersachsen), client_of(bayern)
    here.post("/konto/signup/", form_data())
    there.post("/konto/signup/", form_data())
    there.post(post_of(bayern).link("account.join"), form_data())
    assert here.post("/konto/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 302
    return here


def test_request_whose_link_cannot_be_used_any_more_is_confirmed_on_the_own_page(
    niedersachsen: BoundNetwork, unconfirmed: Client, client_of: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        manager = make_person("Lena Leitung", email="leitung@example.org", roles=(Role.MANAGER,))
    page = unconfirmed.get("/konto/").content.decode()
    assert "Anfrage bestätigen" in page
    assert "zusammen mit AG 2 Bildungsmonitoring" in page
    for _twice in range(2):
        assert unconfirmed.post("/konto/anfrage-bestaetigen/")["Location"] == "/konto/"
    page = unconfirmed.get("/konto/").content.decode()
    assert "Anfrage bestätigen" not in page
    assert "prüft Ihre Anfrage" in page
    assert post_of(niedersachsen).all()[1:] == [("membership.requested", "leitung@example.org")]
    assert "Jana Behrens" in client_of(niedersachsen, manager).get("/verwaltung/").content.decode()


def test_confirming_on_the_own_page_opens_nothing_in_the_other_network(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, unconfirmed: Client, client_of: Any
) -> None:
    there = client_of(bayern)
    there.post("/konto/login/", {"login": EMAIL, "password": PASSWORD})
    assert there.post("/konto/anfrage-bestaetigen/").status_code == 302
    with bind(niedersachsen):
        assert AdmissionRequest.objects.get().state == AdmissionState.UNCONFIRMED


def test_confirming_on_the_own_page_admits_where_the_domain_is_trusted(
    niedersachsen: BoundNetwork, unconfirmed: Client
) -> None:
    with bind(niedersachsen):
        TrustedMailDomain.objects.create(domain="landkreis-verden.de")
    unconfirmed.post("/konto/anfrage-bestaetigen/")
    with bind(niedersachsen):
        assert Membership.objects.get(person__email=EMAIL).is_active


def test_request_is_not_confirmed_without_a_verified_address(in_niedersachsen: BoundNetwork) -> None:
    person = make_person(state=MembershipState.REQUESTED)
    EmailAddress.objects.update(verified=False)
    admission.request_membership(person=person, function="koko", municipality=None)
    with pytest.raises(NotAllowed, match="bestätigen Sie zuerst"):
        confirmation.confirm_own_request(person)
    assert AdmissionRequest.objects.get().state == AdmissionState.UNCONFIRMED


def test_address_verified_elsewhere_while_the_request_here_was_unconfirmed_opens_it_by_a_new_link(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    here, there = client_of(niedersachsen), client_of(bayern)
    here.post("/konto/signup/", form_data())
    there.post("/konto/signup/", form_data())
    there.post(post_of(bayern).link("account.join"), form_data())  # verifies the address there
    assert here.post(post_of(niedersachsen).link("account.confirm")).status_code == 410
    link = _sign_up(here, form_data, post_of(niedersachsen))
    with bind(niedersachsen):
        assert AdmissionRequest.objects.get().state == AdmissionState.UNCONFIRMED  # anybody may have typed it
    assert here.post(link, _place(form_data)).status_code == 302
    with bind(niedersachsen):
        assert AdmissionRequest.objects.get().state == AdmissionState.OPEN


def test_invited_person_is_in_once_the_password_is_chosen(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        join_links.send(email=EMAIL, admits=True)
    client: Client = client_of(niedersachsen)
    answer = client.post(post_of(niedersachsen).link("account.invited"), form_data(), follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "Ihre Adresse ist bestätigt, und Sie sind aufgenommen." in answer.content.decode()
    assert "Loggen Sie sich jetzt ein." not in answer.content.decode()


def test_invitation_that_was_handed_on_opens_no_account_that_is_in_use(
    niedersachsen: BoundNetwork, jana: Person, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        join_links.send(email=EMAIL, admits=True)
    client: Client = client_of(niedersachsen)
    typed = {**_place(form_data), "password1": OLD_PASSWORD}
    assert client.post(post_of(niedersachsen).link("account.invited"), typed)["Location"] == "/konto/login/"
    assert client.get("/konto/").status_code == 302


def test_invitation_opened_where_somebody_else_is_signed_in_leaves_them_in(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        manager = make_person("Lena Leitung", roles=("manager",))
        join_links.send(email=EMAIL, admits=True)
    client: Client = client_of(niedersachsen, manager)
    client.post(post_of(niedersachsen).link("account.invited"), form_data())
    assert "Lena Leitung" in client.get("/konto/").content.decode()
