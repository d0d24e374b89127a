"""Nothing of another network can be read, through any URL, by any role; one's own things can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction

from dkbm.tenancy import managers
from dkbm.tenancy.context import bind_all
from dkbm.tenancy.row_security import set_row_security
from tests.access.requests import values_for
from tests.access.urls import Pattern, network_patterns
from tests.access.walk import Answer, Outcomes, read_all, read_what_may_differ
from tests.access.worlds import ROLES, Worlds

pytestmark = pytest.mark.usefixtures("plain_rendering")

MUST_SHOW = {
    "api:search",
    "dkbm_catalogue:edit",
    "dkbm_catalogue:index",
    "dkbm_glossary:edit",
    "dkbm_glossary:index",
    "dkbm_publications:edit",
    "dkbm_publications:index",
    "events:detail",
    "events:list",
    "events:participants",
    "forum:index",
    "forum:missed",
    "forum:space",
    "forum:topic",
    "glossary:list",
    "glossary:term",
    "goodpractice:item",
    "goodpractice:list",
    "inbound:answer",
    "inbound:list",
    "mails:failed",
    "management:log",
    "management:members",
    "notifications:list",
    "search:search",
    "wagtail_bulk_action",
    "wagtail_serve",
    "wagtailadmin_api:documents:detail",
    "wagtailadmin_api:images:detail",
    "wagtailadmin_api:pages:detail",
    "wagtailadmin_choose_page",
    "wagtailadmin_choose_page_child",
    "wagtailadmin_choose_page_search",
    "wagtailadmin_collections:edit",
    "wagtailadmin_explore",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:history",
    "wagtailadmin_pages:move",
    "wagtailadmin_pages:usage",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:site_history",
    "wagtaildocs:edit",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose",
    "wagtaildocs_serve",
    "wagtailimages:edit",
    "wagtailimages:index",
    "wagtailimages_chooser:choose",
    "wagtailredirects:edit",
    "wagtailredirects:index",
    "workgroups:group",
    "workgroups:list",
}
"""Pages of every room that show one's own objects to somebody; others answer POST alone or carry no text."""


MOST = 4
"""Objects an address; every one of them is asked for by the long walks."""


def summary(title: str, answers: list[Answer]) -> str:
    by_role = Counter(answer.role for answer in answers)
    leaks = Counter(answer.role for answer in answers if answer.shows_marker)
    lines = [f"  {role}: {count} requests, {leaks[role]} with the marker" for role, count in by_role.items()]
    return "\n".join([title, *lines, f"  all: {len(answers)} requests, {sum(leaks.values())} with the marker"])


def leaks_of(answers: list[Answer]) -> list[tuple[str, str, int]]:
    return [(answer.role, answer.asked.path, answer.status) for answer in answers if answer.shows_marker]


def errors_of(answers: list[Answer]) -> list[tuple[str, str, int]]:
    return [(answer.role, answer.asked.path, answer.status) for answer in answers if answer.status >= 500]


def test_every_parameter_has_a_meaning(worlds: Worlds, db: None) -> None:
    """A new URL parameter fails here until somebody has said which objects it may name."""
    missing = [
        (pattern.name, parameter)
        for pattern in network_patterns()
        for parameter in pattern.parameters
        if pattern.name and not values_for(pattern, parameter, worlds.foreign)
    ]
    assert missing == []


@pytest.fixture
def without_lock_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Managers admit everything; only row level security is left."""
    monkeypatch.setattr(managers.lookups._BoundLookup, "as_sql", lambda self, compiler, connection: ("1=1", []))


@pytest.fixture
def without_lock_two(db: None) -> Iterator[None]:
    """No policy is in force; only the managers are left. Undone with the test's transaction."""
    with bind_all("leak test without row level security", as_owner=True):
        set_row_security(False)
    yield
    transaction.set_rollback(True)


@pytest.fixture(scope="module")
def strongest() -> Outcomes:
    """What the strongest role was answered, for the weaker ones after it."""
    return {}


@pytest.mark.parametrize("role", ROLES[::-1])
def test_foreign_objects_are_never_shown(
    worlds: Worlds, patterns: list[Pattern], role: str, strongest: Outcomes, without_lock_two: None
) -> None:
    """The managers alone show nothing of another network, and so both locks together do not.

    That the policies alone admit nothing is shown table by table (``tests/tenancy/test_row_security.py``).
    """
    answers = list(
        read_what_may_differ(worlds.own, worlds.foreign, patterns, roles=[role], most=MOST, strongest=strongest)
    )
    print(summary("\nReading another network, managers alone", answers))
    assert leaks_of(answers) == []
    assert errors_of(answers) == []


def test_own_objects_are_shown(worlds: Worlds, db: None, patterns: list[Pattern]) -> None:
    """The same walk with own ids: a product that answers 404 to everything would fail here."""
    answers = list(read_what_may_differ(worlds.own, worlds.own, patterns, roles=ROLES[::-1], most=MOST))
    print(summary("\nReading the own network", answers))
    assert errors_of(answers) == []
    showing = {answer.asked.name for answer in answers if answer.shows_marker}
    print(f"  {len(showing)} URL patterns show own objects")
    assert (MUST_SHOW & {pattern.name for pattern in patterns}) - showing == set()


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("locks", ["both", "managers", "policies"])
def test_foreign_objects_are_never_shown_whatever_is_asked(
    request: pytest.FixtureRequest, worlds: Worlds, db: None, shuffled: list[Pattern], locks: str, role: str
) -> None:
    """Every role, every combination, under both locks and under each alone; the order of addresses is random."""
    if locks != "both":
        request.getfixturevalue("without_lock_two" if locks == "managers" else "without_lock_one")
    answers = list(read_all(worlds.own, worlds.foreign, shuffled, roles=[role]))
    print(summary(f"\nReading another network, {locks}", answers))
    assert leaks_of(answers) == []
    if locks == "both":
        assert errors_of(answers) == []


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_own_objects_never_end_in_an_error(worlds: Worlds, db: None, shuffled: list[Pattern], role: str) -> None:
    answers = list(read_all(worlds.own, worlds.own, shuffled, roles=[role]))
    print(summary("\nReading the own network, every object", answers))
    assert errors_of(answers) == []
