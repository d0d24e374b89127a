"""Blocks of upper apps at a named place of a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dkbm.core.panels import LoadedPanel, Panel, Place


def test_panels_come_in_order_and_empty_ones_stay_away() -> None:
    place = Place("example.main")
    place.register(Panel("late.html", lambda request: {"n": 2}, order=20))
    place.register(Panel("nothing.html", lambda request: None, order=5))
    place.register(Panel("early.html", lambda request: {"n": 1}, order=10))

    assert place.panels(HttpRequest()) == [LoadedPanel("early.html", {"n": 1}), LoadedPanel("late.html", {"n": 2})]


def test_panels_of_a_thing_get_the_thing() -> None:
    def load(request: HttpRequest, group: str) -> dict[str, Any]:
        return {"group": group}

    place = Place("example.group")
    place.register(Panel("group.html", load))

    assert place.panels(HttpRequest(), "AG Monitoring") == [LoadedPanel("group.html", {"group": "AG Monitoring"})]


def test_a_place_keeps_its_panels_to_itself() -> None:
    Place("example.main").register(Panel("main.html", lambda request: {}))

    assert Place("example.main").panels(HttpRequest()) == []
