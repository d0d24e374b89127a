"""What people look for is among the first five results. `pytest -s` prints the tables."""

from __future__ import annotations

import pytest

from tests.search.relevance.measuring import Asked, Outcome, ask, by_class, recall, table
from tests.search.relevance.queries import queries, set_aside

OVERALL, EACH_CLASS, ASIDE = 0.95, 0.90, 0.05


@pytest.fixture(scope="module")
def tuned(asked: Asked) -> list[Outcome]:
    return ask(queries(), asked)


def test_first_five_hold_what_is_looked_for(tuned: list[Outcome]) -> None:
    print("\n" + table(tuned, "tuned"))  # noqa: T201 - the table is what one looks at
    missed = [(outcome.query.kind, outcome.query.q, outcome.shown) for outcome in tuned if not outcome.place]
    assert recall(tuned) >= OVERALL, missed
    weak = {kind: recall(those) for kind, those in by_class(tuned).items() if recall(those) < EACH_CLASS}
    assert weak == {}, missed


def test_queries_that_nobody_tuned_by_are_answered_as_well(asked: Asked, tuned: list[Outcome]) -> None:
    aside = ask(set_aside(), asked)
    print("\n" + table(aside, "set aside"))  # noqa: T201
    assert recall(aside) >= recall(tuned) - ASIDE
