"""Cards of people and accounts for imported authors."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.accounts.domain.people import create_author
from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import Person, Profile
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from tests.factories.people import function_named, make_person


@pytest.fixture
def verden(db: None) -> Municipality:
    with bind_all("register of municipalities", as_owner=True):
        return Municipality.objects.create(
            slug="landkreis-verden", name="Landkreis Verden", kind="landkreis", network_slug="niedersachsen"
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_cards_of_people_take_one_query(
    in_niedersachsen: BoundNetwork, verden: Municipality, rows: int, django_assert_num_queries: Any
) -> None:
    people = [make_person(f"Person Nummer{number}") for number in range(rows)]
    for person in people:
        Profile.objects.create(person=person, function=function_named("bildungsmonitoring"), municipality=verden)
    with django_assert_num_queries(1):
        cards = profiles_for(person.pk for person in people)
    card = cards[people[0].pk]
    assert (card.name, card.initials, card.line) == (
        "Person Nummer0",
        "PN",
        "Bildungsmonitoring, Landkreis Verden",
    )
    assert len(cards) == rows


def test_card_of_a_person_without_profile_has_an_empty_line(in_niedersachsen: BoundNetwork) -> None:
    person = make_person("Ohne Profil")
    assert profiles_for([person.pk])[person.pk].line == ""


def test_card_shows_the_profile_of_the_bound_network(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, verden: Municipality
) -> None:
    with bind(bayern):
        person = make_person("Zwei Netzwerke")
        Profile.objects.create(person=person, function=function_named("koko"), municipality=None)
    with bind(niedersachsen):
        assert profiles_for([person.pk]) == {}
    with bind(bayern):
        assert profiles_for([person.pk])[person.pk].line == "Koordination Neuzugewanderte (KoKo)"


def test_author_of_imported_texts_is_made_once_and_cannot_sign_in(
    in_niedersachsen: BoundNetwork, verden: Municipality
) -> None:
    author = create_author(function="bildungsmonitoring", municipality=verden)
    assert create_author(function="bildungsmonitoring", municipality=verden) == author
    assert author.display_name == "Bildungsmonitoring, Landkreis Verden"
    assert not author.has_usable_password()
    card = profiles_for([author.pk])[author.pk]
    assert (card.name, card.line) == ("Bildungsmonitoring, Landkreis Verden", "")


def test_author_of_the_agency_carries_its_name(in_niedersachsen: BoundNetwork) -> None:
    author = create_author(function="transferagentur", municipality=None)
    assert author.display_name == "Transferagentur Niedersachsen"


def test_author_with_unknown_function_is_refused(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(ValueError, match="zauberei"):
        create_author(function="zauberei", municipality=None)
    assert not Person.objects.filter(stands_for_function=True).exists()
