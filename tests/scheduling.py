"""Pytest plugin: which test runs where and when.

What is costly to set up is set up once: all browser tests share a copy of the platform, all walks two worlds, all tests
of the demo one loading of it, all of the budget one network. Each of these goes to one process; the others take the
remaining tests one by one beside it, those first that take long, so that no process ends long after the rest.
"""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TEST_SECONDS = 600
IN_BROWSER = ("tests/e2e/", "tests/a11y/")
DESTRUCTIVE = "tests/e2e/test_failures.py"
"""Breaks the copy that the others look at."""

TOGETHER = {
    "browser": IN_BROWSER,
    "worlds": ("tests/access/",),
    "demo": ("tests/demo/",),
    "web process": ("tests/config/test_connections.py",),
    "budget": ("tests/budget/",),
}
"""Name -> beginnings of the ids of tests that run in one process."""

START_EARLY = (
    "tests/access/",
    "tests/demo/",
    "tests/launcher/",
    "tests/notifications/test_worker.py",
    "tests/config/",
    "tests/tenancy/test_setup_database.py",
    "tests/tenancy/test_sessions_of_requests.py",
    "tests/tenancy/test_pool.py",
    "tests/live/",
    "tests/forum/test_live",
)
"""They start programs of their own and wait for them, or take long for another reason."""


class CostlyFixturesOnce(LoadScopeScheduling):  # type: ignore[misc]
    """Gives tests to processes one by one, but those of :data:`TOGETHER` to one.

    ``--dist loadgroup`` of pytest-xdist 3.8 would do that, but does nothing under pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((name for name, starts in TOGETHER.items() if nodeid.startswith(starts)), nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> CostlyFixturesOnce:
    return CostlyFixturesOnce(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith(IN_BROWSER):
            item.add_marker(pytest.mark.e2e)
            # The first of them waits for the copy.
            item.add_marker(pytest.mark.timeout(TEST_SECONDS))
    items.sort(key=position)


def position(item: pytest.Item) -> tuple[bool, bool, bool]:
    """Browser tests first, for they take longest, and those that break the copy last of them."""
    return (
        not item.nodeid.startswith(IN_BROWSER),
        item.nodeid.startswith(DESTRUCTIVE),
        not item.nodeid.startswith(START_EARLY),
    )
