"""What each page reads, measured once for all tests of this folder."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction

from forum.domain.queries import topics, unread
from tests.budget.scene import Readings, readings_at_both_sizes


@pytest.fixture(scope="package")
def readings(django_db_setup: None, django_db_blocker: Any) -> tuple[Readings, Readings]:
    """Of a network and of the same three times as large; nothing of it stays."""
    # So low that it is reached at both sizes: what is bounded does not grow.
    few = (patch.object(unread, "MOST_COUNTED", 5), patch.object(topics, "YOUNG_TOPICS", 5))
    with django_db_blocker.unblock(), transaction.atomic(), few[0], few[1]:
        found = readings_at_both_sizes()
        transaction.set_rollback(True)
    return found
