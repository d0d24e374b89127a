"""A place on a small map: one district or a few in their Land."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template

from dkbm.core.maps.place import PlaceMap

MOST_BYTES = 5_000


def drawn(*keys: str, label: str = "Karte: Landkreis Leer") -> str:
    template = Template("{% load components %}{% place_map place=place %}")
    return template.render(Context({"place": PlaceMap(frozenset(keys), label)}))


def test_place_is_marked_in_its_land_and_says_its_name_and_source() -> None:
    page = drawn("03457")
    assert 'role="img" aria-label="Karte: Landkreis Leer"' in page
    assert (page.count('class="land"'), page.count('class="here"')) == (1, 1)
    assert "© GeoBasis-DE / BKG 2021" in page
    assert len(page) < MOST_BYTES


def test_several_places_are_all_marked() -> None:
    assert len(re.findall('<path class="here"', drawn("09463", "09473"))) == 2


def test_small_city_has_a_dot_that_can_be_seen() -> None:
    assert drawn("03405").count("<circle") == 1
    assert drawn("03457").count("<circle") == 0


def test_whole_land_needs_no_border() -> None:
    page = drawn("11000")
    assert 'class="land"' not in page
    assert page.count('<path class="here"') == 1


@pytest.mark.parametrize("place", [None, PlaceMap(frozenset({"99999"}), "Nirgendwo")])
def test_without_an_outline_nothing_is_drawn(place: PlaceMap | None) -> None:
    template = Template("{% load components %}{% place_map place=place %}")
    assert template.render(Context({"place": place})).strip() == ""


def test_label_cannot_write_into_the_picture() -> None:
    assert "<script" not in drawn("03457", label='"><script>')
