"""What each page reads, measured once for all tests of this folder."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from dkbm.search.domain.queries import candidates
from dkbm.tenancy.kept_queries import KNOWN
from forum.domain.queries import lists, topics, unread
from tests.budget.scene import Readings, readings_at_both_sizes


@pytest.fixture(scope="package")
def readings(django_db_setup: None, django_db_blocker: Any) -> tuple[Readings, Readings]:
    """Of a network and of the same three times as large; nothing of it stays."""
    # So low that it is reached at both sizes: what is bounded does not grow.
    bounds = ((unread, "MOST_COUNTED"), (topics, "YOUNG_TOPICS"), (candidates, "BOUND"), (lists, "TOPICS_PER_PAGE"))
    with django_db_blocker.unblock(), transaction.atomic(), ExitStack() as stack:
        for module, bound in bounds:
            stack.enter_context(patch.object(module, bound, 5))
        for kept in KNOWN:  # put together anew, with the low bounds, and again after it
            stack.enter_context(patch.object(kept, "_form", None))
        found = readings_at_both_sizes()
        transaction.set_rollback(True)
    return found
