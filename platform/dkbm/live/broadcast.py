"""Tell all readers of a group after the commit. Live updates are a comfort: without Redis nobody waits for them."""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from redis.exceptions import RedisError

from dkbm.core.commits import Breaker, on_commit_robust

logger = logging.getLogger(__name__)
SECONDS = 1.0
breaker = Breaker()


def broadcast_on_commit(group: str, message: dict[str, Any]) -> None:
    """Send ``message`` (plain JSON, with a ``type``) once to every reader of ``group`` after the commit.

    Serialised once, whatever the number of readers. Never raises; waits about a second at most without Redis.
    """
    on_commit_robust(partial(_broadcast, group, json.dumps(message)))


def _broadcast(group: str, text: str) -> None:
    if breaker.resting:
        return
    try:
        async_to_sync(_send)(group, text)
    except (RedisError, OSError, TimeoutError) as error:
        breaker.failed()
        logger.warning("broadcast lost", extra={"group": group, "error": type(error).__name__})
    else:
        breaker.worked()


async def _send(group: str, text: str) -> None:
    layer = get_channel_layer()
    await asyncio.wait_for(layer.group_send(group, {"type": "live.message", "text": text}), SECONDS)
