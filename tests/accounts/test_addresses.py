"""A mailbox below a domain with umlauts: typed by a person or sent by a browser as ``xn--``, it is one account."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from dkbm.accounts.domain.join_links import is_invited, send
from dkbm.accounts.domain.people import create_member, create_operator
from dkbm.accounts.domain.queries.membership import members
from dkbm.accounts.domain.queries.people import members_with_addresses
from dkbm.accounts.domain.trusted_domains import trust_domain
from dkbm.accounts.models import JoinLink, Person
from dkbm.core.forms import MailField
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import make_person

TYPED, SENT = "Jana@Grün.example.org", "jana@xn--grn-ioa.example.org"
SPELLINGS = [(TYPED, SENT), (SENT, TYPED), (TYPED, TYPED)]


def sign_in(client: Client, address: str) -> bool:
    return client.post("/konto/login/", {"login": address, "password": PASSWORD}).status_code == 302


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_whoever_signs_up_with_one_spelling_signs_in_with_the_other(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, first: str, second: str
) -> None:
    browser = client_of(niedersachsen)
    browser.post("/konto/signup/", form_data(email=first))
    browser.post(post_of(niedersachsen).link("account.confirm"))
    assert sign_in(client_of(niedersachsen), second)
    assert post_of(niedersachsen).all()[0] == ("account.confirm", SENT)


@pytest.mark.parametrize(
    "pasted",
    ["\u202ajana@example.org\u202c", "<jana@example.org>", " mailto:Jana@example.org", "jana@exam\u00adple.org\u200b"],
)
def test_address_is_taken_as_it_was_copied(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, pasted: str
) -> None:
    browser = client_of(niedersachsen)
    browser.post("/konto/signup/", form_data(email=pasted))
    browser.post(post_of(niedersachsen).link("account.confirm"))
    assert sign_in(client_of(niedersachsen), pasted)
    client_of(niedersachsen).post("/konto/password/reset/", {"email": pasted})
    with bind(niedersachsen):
        assert Person.objects.get(email="jana@example.org").has_usable_password()
    assert post_of(niedersachsen).all()[-1] == ("account.password_reset", "jana@example.org")


@pytest.mark.parametrize("typed", ["anna @example.org", "a@b.de, c@d.de", "Anna <anna@example.org>", "anna"])
def test_what_is_no_address_is_none(typed: str) -> None:
    with pytest.raises(ValidationError):
        MailField().clean(typed)


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_second_sign_up_makes_no_second_account(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any, first: str, second: str
) -> None:
    with bind(niedersachsen):
        make_person("Jana Behrens", password=PASSWORD, email=first)
        number = Person.objects.count()
    client_of(niedersachsen).post("/konto/signup/", form_data(email=second))
    with bind(niedersachsen):
        assert Person.objects.count() == number
    assert post_of(niedersachsen).all() == [("account.known", SENT)]


@pytest.mark.parametrize("asked", [TYPED, SENT])
def test_password_is_reset_by_either_spelling(
    niedersachsen: BoundNetwork, client_of: Any, post_of: Any, asked: str
) -> None:
    with bind(niedersachsen):
        make_person("Jana Behrens", password=PASSWORD, email=TYPED)
    client_of(niedersachsen).post("/konto/password/reset/", {"email": asked})
    assert post_of(niedersachsen).all() == [("account.password_reset", SENT)]


@pytest.mark.parametrize("changed", [TYPED, SENT])
def test_changed_address_is_the_one_spelling_and_shown_as_people_write_it(
    niedersachsen: BoundNetwork, client_of: Any, post_of: Any, changed: str
) -> None:
    with bind(niedersachsen):
        person = make_person("Jana Behrens", password=PASSWORD, email="jana@example.org")
    browser = client_of(niedersachsen)
    assert sign_in(browser, "jana@example.org")
    browser.post("/konto/reauthenticate/", {"password": PASSWORD})
    browser.post("/konto/email/", {"email": changed, "action_add": ""})
    assert "jana@grün.example.org ist noch nicht bestätigt" in " ".join(browser.get("/konto/email/").text.split())
    browser.post(post_of(niedersachsen).link("account.confirm"))
    with bind(niedersachsen):
        assert Person.objects.get(pk=person.pk).email == SENT
        assert list(EmailAddress.objects.filter(user_id=person.pk).values_list("email", flat=True)) == [SENT]
    assert "jana@grün.example.org" in browser.get("/konto/").text


def test_own_address_in_another_spelling_is_no_other(niedersachsen: BoundNetwork, client_of: Any, post_of: Any) -> None:
    with bind(niedersachsen):
        make_person("Jana Behrens", password=PASSWORD, email=SENT)
    browser = client_of(niedersachsen)
    assert sign_in(browser, SENT)
    assert "Das ist schon Ihre Adresse." in browser.post("/konto/email/", {"email": TYPED, "action_add": ""}).text
    assert post_of(niedersachsen).all() == []


@pytest.mark.parametrize(("first", "second"), SPELLINGS)
def test_invitation_trusted_domain_and_loaders_mean_the_mailbox(
    niedersachsen: BoundNetwork, first: str, second: str, verden: Any
) -> None:
    with bind(platform()):
        operator = create_operator(email=first, password=PASSWORD)
        assert create_operator(email=second) == operator
    with bind(niedersachsen):
        send(email=first, admits=True)
        assert is_invited(second)
        send(email=second, admits=True)
        assert JoinLink.objects.filter(email=first, used=None).count() == 1
        values = {"first_name": "J", "last_name": "B", "function": "bildungsmonitoring", "municipality": verden}
        assert create_member(email=second, **values) == operator
        trusted = trust_domain(domain=first, visitor=visitor_of(make_person(roles=("manager",))))
        assert trusted.domain == "xn--grn-ioa.example.org"


def test_trusted_domain_admits_whoever_confirms_an_address_of_it(
    niedersachsen: BoundNetwork, client_of: Any, form_data: Any, post_of: Any
) -> None:
    with bind(niedersachsen):
        manager = make_person(roles=("manager",))
    browser = client_of(niedersachsen, manager)
    browser.post("/verwaltung/domains/", {"domain": "grün.example.org"})
    assert "grün.example.org" in browser.get("/verwaltung/domains/").text
    newcomer = client_of(niedersachsen)
    newcomer.post("/konto/signup/", form_data(email=SENT))
    newcomer.post(post_of(niedersachsen).link("account.confirm"))
    with bind(niedersachsen):
        assert Membership.objects.get(person__email=SENT).state == MembershipState.ACTIVE


@pytest.mark.parametrize(
    "words",
    [
        "Behrens, Jana",
        "jana\u00a0beh\u00adrens",
        "Gruene",
        "Grüne",
        "<jana@grün.example.org>;",
        "Jana/Behrens",
        "„Jana“",
    ],
)
def test_managers_find_a_member_however_the_name_was_copied(in_niedersachsen: BoundNetwork, words: str) -> None:
    make_person("Jana Behrens-Grüne", email=TYPED)
    make_person("Jan Anders")
    assert [row.person.email for row in members(words)] == [SENT]


@pytest.mark.parametrize("word", ["grün.example.org", TYPED, SENT, "jana@"])
def test_managers_find_and_read_the_address(niedersachsen: BoundNetwork, client_of: Any, word: str) -> None:
    with bind(niedersachsen):
        manager = make_person(roles=("manager",))
        make_person("Jana Behrens", password=PASSWORD, email=TYPED)
        assert [row.person.email for row in members(word)] == [SENT]
    page = client_of(niedersachsen, manager).get("/verwaltung/mitglieder/", {"q": word}).text
    assert "jana@grün.example.org" in page


@pytest.fixture
def stored() -> Callable[[Person, str], None]:
    """Writes an address past all that keeps it in one spelling, as it was stored until now."""

    def write(person: Person, address: str) -> None:
        with bind_all("addresses of an earlier version", as_owner=True), connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_person SET email = %s WHERE id = %s", [address, person.pk])
            cursor.execute("UPDATE account_emailaddress SET email = %s WHERE user_id = %s", [address, person.pk])

    return write


def migrate() -> None:
    migration = importlib.import_module("dkbm.accounts.migrations.0004_addresses_in_one_spelling")
    with bind_all("migration of addresses", as_owner=True):
        migration.spell_alike(apps, None)


def test_accounts_of_before_get_the_one_spelling(niedersachsen: BoundNetwork, client_of: Any, stored: Any) -> None:
    with bind(niedersachsen):
        person = make_person("Jana Behrens", password=PASSWORD)
    stored(person, "jana@grün.example.org")
    migrate()
    assert [sign_in(client_of(niedersachsen), each) for each in (TYPED, SENT)] == [True, True]


@pytest.mark.parametrize("verified", ["grün", "xn"])
def test_of_two_accounts_of_one_mailbox_the_verified_one_keeps_it(
    niedersachsen: BoundNetwork, client_of: Any, stored: Any, verified: str
) -> None:
    with bind(niedersachsen):
        people = {
            "grün": make_person("Jana Grün", password=PASSWORD),
            "xn": make_person("Jana Punkt", password=PASSWORD),
        }
        loser = people["xn" if verified == "grün" else "grün"]
        EmailAddress.objects.filter(user_id=loser.pk).update(verified=False)
    stored(people["grün"], "jana@grün.example.org")
    stored(people["xn"], SENT)
    migrate()
    with bind(niedersachsen):
        assert Person.objects.get(email=SENT) == people[verified]
        loser.refresh_from_db()
        assert loser.email == f"{loser.pk}@doppelt.invalid"
    assert sign_in(client_of(niedersachsen), TYPED)


def test_member_is_found_by_either_spelling_of_an_address(in_niedersachsen: BoundNetwork) -> None:
    person = make_person(email="kita@grün.example.org")
    stored = "kita@xn--grn-ioa.example.org"
    for spelling in ("Kita@Grün.example.org", stored):
        found = members_with_addresses([spelling])
        assert {address: member.id for address, member in found.items()} == {stored: person.pk}
