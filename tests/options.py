"""Pytest plugin: what can be said on the command line about random tests and about the walks.

Loaded by `-p tests.options` (pyproject.toml).
"""

from __future__ import annotations

import random

import pytest

FIXED_SEED = 2016


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("transfernetz")
    group.addoption(
        "--seed",
        type=int,
        default=FIXED_SEED,
        help="of everything random, always the same unless given (make test-long draws one)",
    )
    group.addoption(
        "--addresses",
        action="append",
        default=[],
        metavar="NAME",
        help="the walks of tests/access ask only URLs of this name, for example 'forum:*'; may be given several times",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.getoption('seed')}"


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Random numbers that follow from ``--seed`` and the test's name, in whatever process and order it runs."""
    return random.Random(f"{request.config.getoption('seed')} {request.node.nodeid}")
