"""What leaves after the commit never undoes what was committed."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.db import transaction

from dkbm.core.commits import Breaker, on_commit_robust


def broken(what: str) -> None:
    raise ValueError(what)


def test_error_after_the_commit_is_logged(
    db: None, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    done: list[str] = []
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        on_commit_robust(partial(broken, "x"))
        on_commit_robust(partial(done.append, "second"))
        assert done == []
    assert done == ["second"]
    assert [record.getMessage() for record in caplog.records] == ["work after the commit failed"]


def test_breaker_rests_after_a_long_wait() -> None:
    breaker = Breaker(pause=3600)
    assert not breaker.resting
    breaker.failed(waited=1.0)
    assert breaker.resting
    breaker.worked()
    assert not breaker.resting


def test_breaker_asks_again_what_refused_at_once() -> None:
    breaker = Breaker(pause=3600)
    breaker.failed(waited=0.001)
    assert not breaker.resting


def test_breaker_tries_again_after_the_pause() -> None:
    breaker = Breaker(pause=0)
    breaker.failed(waited=1.0)
    assert not breaker.resting
