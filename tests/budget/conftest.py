"""What each page reads, measured once for all tests of this folder."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.budget.scene import Readings, readings_at_both_sizes


@pytest.fixture(scope="package")
def readings(django_db_setup: None, django_db_blocker: Any) -> tuple[Readings, Readings]:
    """Of a network and of the same three times as large; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = readings_at_both_sizes()
        transaction.set_rollback(True)
    return found
