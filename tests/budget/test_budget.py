"""No page asks or reads more because the network has grown. No clock: queries, and the rows that they read.

The numbers of the benchmarks (``platform/docs/performance.md``) follow from it, but a busy machine says nothing here.
"""

from __future__ import annotations

import pytest

from dkbm.tenancy.context import BoundNetwork
from forum.models import Topic
from tests.budget.rows import Query, counted_rows, plan_as_for_large_tables
from tests.budget.scene import Readings
from tests.factories.forum import make_topic

GROWING = {"search"}
"""Pages that read more of a larger network: of a frequent word the newest hits are found among all of them. It may only
shrink, so take out what grows no more."""

MOST_QUERIES = {
    "framed empty page": 5,
    "home": 24,
    "home, guest": 14,
    "forum": 10,
    "forum, never reads": 10,
    "topics, first page": 12,
    "topics, deep page": 11,
    "topic of 20": 12,
    "topic of 20, never reads": 12,
    "topic of 20, manager": 12,
    "long topic": 12,
    "catalogue": 10,
    "catalogue, guest": 5,
    "item": 15,
    "AG": 19,
    "search": 15,
    "events": 10,
    "event": 10,
    "account": 10,
}
"""What each page may ask. Raise a number only for something that the page shows."""


def rows(queries: list[Query]) -> int:
    return sum(query.rows for query in queries)


def grows(small: list[Query], large: list[Query], factor: float = 1.5) -> bool:
    """Some rows more are chance (other topics are the newest); of what grows there is three times as much."""
    return rows(large) > rows(small) * factor + 5


def what_grows(small: list[Query], large: list[Query]) -> str:
    pairs = zip(small, large, strict=False)
    return "\n".join(f"{a.rows} -> {b.rows} rows: {b.sql[:300]}" for a, b in pairs if grows([a], [b]))


def test_no_page_reads_more_of_a_larger_network(readings: tuple[Readings, Readings]) -> None:
    small, large = readings
    found = {page for page in small if grows(small[page], large[page])}
    wrong = "\n\n".join(f"{page}\n{what_grows(small[page], large[page])}" for page in sorted(found - GROWING))
    assert found <= GROWING, wrong


def test_pages_that_grow_no_more_are_off_the_list(readings: tuple[Readings, Readings]) -> None:
    """With a smaller factor: plans differ from run to run, and what still grows shall not look mended by chance."""
    small, large = readings
    assert {page for page in GROWING if not grows(small[page], large[page], factor=1.1)} == set()


def test_no_page_asks_more_queries_of_a_larger_network(readings: tuple[Readings, Readings]) -> None:
    small, large = readings
    assert {page: len(large[page]) for page in small if len(large[page]) > len(small[page])} == {}


def test_pages_ask_no_more_than_they_may(readings: tuple[Readings, Readings]) -> None:
    asked = {page: len(queries) for page, queries in readings[0].items()}
    assert {page: (number, MOST_QUERIES[page]) for page, number in asked.items() if number > MOST_QUERIES[page]} == {}


@pytest.mark.parametrize("answers", [1, 5])
def test_rows_that_a_query_throws_away_are_counted(in_niedersachsen: BoundNetwork, answers: int) -> None:
    topic = make_topic(answers=answers)
    plan_as_for_large_tables()  # else rows that other tests left in the table count too
    with counted_rows() as queries:
        assert list(topic.posts.filter(text="steht in keinem")) == []
    assert rows(queries) == answers + 1


def test_growing_page_is_found() -> None:
    few, many = ([Query("SELECT 1", 30), Query("SELECT 2", number)] for number in (10, 90))
    assert grows(few, many)
    assert what_grows(few, many) == "10 -> 90 rows: SELECT 2"
    assert not grows(few, few)


def test_counting_needs_no_rows_that_are_not_there(in_niedersachsen: BoundNetwork) -> None:
    plan_as_for_large_tables()
    with counted_rows() as queries:
        assert not Topic.objects.filter(pk=-1).exists()
    assert [query.rows for query in queries] == [0]
