"""Tell all readers of a group after the commit. Live updates are a comfort: without Redis nobody waits for them."""

from __future__ import annotations

import json
import logging
import time
from functools import cache, partial
from typing import Any
from uuid import UUID

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

from dkbm.core.commits import Breaker, on_commit_robust
from dkbm.live.groups import EVERYWHERE, channel_of, rights_group

logger = logging.getLogger(__name__)
REDIS_PREFIX = "transfernetz:live:"
SECONDS = 1.0
breaker = Breaker()


def broadcast_on_commit(group: str, message: dict[str, Any]) -> None:
    """Send ``message`` (plain JSON) once to every reader of ``group`` after the commit.

    Serialised once, whatever the number of readers; pages get it as the detail of ``live:message``. Never
    raises; waits about a second at most when Redis is away, and then not again for a while.
    """
    frame = json.dumps({"type": "message", "channel": channel_of(group), "detail": message})
    on_commit_robust(partial(_publish, group, frame))


def rights_changed_on_commit(person_id: UUID | str) -> None:
    """Let the open sockets of a person in the bound network look at their rights again.

    Called by every domain function that takes a right to read away; else sockets notice within a minute.
    """
    on_commit_robust(partial(_publish, rights_group(), str(person_id)))


def account_changed_on_commit(person_id: UUID) -> None:
    """The same in all networks: the password is another one, or the account is closed."""
    on_commit_robust(partial(_publish, EVERYWHERE, str(person_id)))


def _publish(group: str, text: str) -> None:
    if breaker.resting:
        return
    start = time.monotonic()
    try:
        _client(settings.REDIS_URL).publish(REDIS_PREFIX + group, text)
    except (redis.RedisError, OSError) as error:
        breaker.failed(time.monotonic() - start)
        logger.warning("broadcast lost", extra={"group": group, "error": type(error).__name__})
    else:
        breaker.worked()


@cache
def _client(url: str) -> redis.Redis:
    """One pool for the process. The one retry is for connections that died while they rested in it."""
    once = Retry(NoBackoff(), 1, supported_errors=(redis.ConnectionError,))
    return redis.Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS, retry=once)
