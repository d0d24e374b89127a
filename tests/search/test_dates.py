"""The date beside a result is the local one, and no more exact than what is known."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.search.domain.queries.entries import find
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest
from tests.factories.catalogue import make_entry
from tests.factories.events import make_event
from tests.factories.publications import make_publication


def line_of(page: str) -> str:
    """Where and when, beside the one result."""
    return " ".join(re.sub("<[^>]+>", "", page.split('<p class="hit-where">')[1].split("</p>")[0]).split())


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"date": "2020-02-10"}, "10. Februar 2020"),
        ({"date": "2020-07-10"}, "10. Juli 2020"),
        ({"date": None, "period": {"from": "2020-09", "to": "2020-09"}}, "September 2020"),
        ({"date": None, "period": {"from": "2020", "to": "2020"}}, "2020"),
        ({"date": None, "period": {"from": "2017-08", "to": "2018-02"}}, "August 2017 bis Februar 2018"),
        ({"date": None, "period": {"from": "2016-04-28", "to": "2016-05-27"}}, "28. April bis 27. Mai 2016"),
    ],
)
def test_event_shows_its_day_or_what_is_known_of_it(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], given: dict[str, Any], shown: str
) -> None:
    with bind(niedersachsen):
        times = {"starts": None, "ends": None, "programme": [], "registration": None}
        make_event("Xylophontreffen", visibility="public", **times, **given)
    page = client_of(niedersachsen).get("/suche/?q=xylophontreffen").content.decode()
    assert line_of(page) == shown
    assert re.sub("<[^>]+>", "", page.split('<div class="results">')[1]).count(shown) == 1
    with bind(niedersachsen):
        assert [hit.title for hit in find(q=f"{shown} xylophontreffen", visitor=guest())[0:9]] == ["Xylophontreffen"]


def test_publication_shows_its_year(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        make_publication("Xylophonbericht", year=2019)
    page = client_of(niedersachsen).get("/suche/?q=xylophonbericht&sortierung=datum").content.decode()
    assert line_of(page) == "2019"


def test_moment_after_midnight_belongs_to_the_new_day(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Xylophon", date=datetime.datetime(2020, 2, 9, 23, 30, tzinfo=datetime.UTC))
    assert find(q="xylophon", visitor=guest())[0:1][0].day == datetime.date(2020, 2, 10)
