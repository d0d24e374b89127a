"""The same cases for both engines: what PostgreSQL finds, counts and hides, the search server does as well."""

from __future__ import annotations

import pytest

ENGINES = ("postgres", "elasticsearch")
SAME = {"test_find", "test_facets", "test_visible_to_whom"}
"""Modules whose tests run with each engine."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.module.__name__.rpartition(".")[2] in SAME:
        metafunc.fixturenames.append("engine")
        metafunc.parametrize("engine", ENGINES, indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Name of the engine that the test searches with."""
    if request.param != "postgres":
        request.getfixturevalue("db")
        request.getfixturevalue("on_search_server")
    return str(request.param)
