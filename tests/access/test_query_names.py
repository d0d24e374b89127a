"""The walk leaves out only queries that a view does not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory

from tests.access.query_names import ANY, is_read, recording


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (lambda query: query.get("q"), {"q"}),
        (lambda query: "site" in query, {"site"}),
        (lambda query: query.getlist("tag"), {"tag"}),
        (lambda query: query.copy().get("q"), {"q"}),
        (lambda query: list(query), {ANY}),
        (lambda query: dict(query.items()), {ANY}),
        (lambda query: query.copy(), set()),
        (lambda query: query.urlencode(), set()),
    ],
)
def test_reading_a_name_is_noted_and_repeating_the_query_is_not(use: Callable[[Any], Any], expected: set[str]) -> None:
    with recording() as names:
        use(RequestFactory().get("/?q=a&tag=b&tag=c").GET)
        assert names == expected


def test_query_is_asked_for_any_of_its_names() -> None:
    assert is_read("?q=a&site=1", {"site"})
    assert is_read("?q=a", {ANY})
    assert not is_read("?q=a", {"site"})
