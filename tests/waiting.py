"""Wait until something is so; the deadline only ends a test that would hang."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

DEADLINE = 120.0
T = TypeVar("T")


def until(condition: Callable[[], T], seconds: float = DEADLINE) -> T:
    """The first true value of ``condition``."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return value


async def soon(condition: Callable[[], T], seconds: float = DEADLINE) -> T:
    """``until`` for asynchronous tests."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.01)
    return value
