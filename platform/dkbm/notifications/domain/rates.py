"""So many mails in so many seconds for a receiving domain that has a rate (``MAIL_DOMAIN_RATES``), by all workers.

Counted in Redis, which the workers need anyway, over all networks: what a provider counts is our server. When Redis
does not answer the mails go out: too quick is better than not at all.
"""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime
from functools import cache

import redis
from django.conf import settings

logger = logging.getLogger(__name__)
PREFIX = "transfernetz:mail-rate:"
SECONDS = 1.0


def is_limited(domain: str) -> bool:
    return domain in settings.MAIL_DOMAIN_RATES


def take(domain: str, wanted: int) -> int:
    """Count ``wanted`` mails to a domain with a rate; returns how many of them may go out now."""
    rate = settings.MAIL_DOMAIN_RATES[domain]
    key = f"{PREFIX}{domain}:{_period(rate.seconds)}"
    try:
        with _client(settings.REDIS_URL).pipeline() as pipe:
            pipe.incrby(key, wanted)
            pipe.expire(key, 2 * rate.seconds)
            counted, _set = pipe.execute()
    except (redis.RedisError, OSError) as error:
        logger.warning("mails not counted", extra={"error": type(error).__name__})
        return wanted
    return max(0, min(wanted, rate.count - (int(counted) - wanted)))


def turn_of(domain: str, place: int) -> datetime:
    """When it is the turn of whoever is the ``place``-th to wait, from 0, for a domain with a rate."""
    rate = settings.MAIL_DOMAIN_RATES[domain]
    return datetime.fromtimestamp((_period(rate.seconds) + 1 + place // rate.count) * rate.seconds, UTC)


def _period(seconds: int) -> int:
    return int(time.time()) // seconds


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS)
