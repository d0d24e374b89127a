"""How often one reader may ask for suggestions: counted in Redis; when that does not answer, nobody is refused."""

from __future__ import annotations

import hashlib
import time
from functools import cache

import redis
from django.conf import settings
from django.http import HttpRequest

PREFIX = "transfernetz:suggestions:"
SECONDS = 10
MOST = 60
"""In so many seconds; who types quickly asks for five in one."""
WAIT = 0.2


def may_ask(request: HttpRequest, reader: str) -> bool:
    """``reader``: who is signed in; guests are told apart by their address, of which only a hash is kept so long."""
    who = reader or hashlib.sha256(str(request.META.get("REMOTE_ADDR", "")).encode()).hexdigest()[:32]
    key = f"{PREFIX}{who}:{int(time.time()) // SECONDS}"
    try:
        with _client(settings.REDIS_URL).pipeline() as pipe:
            pipe.incr(key)
            pipe.expire(key, 2 * SECONDS)
            counted, _set = pipe.execute()
    except (redis.RedisError, OSError):
        return True
    return int(counted) <= MOST


@cache
def _client(url: str) -> redis.Redis:
    return redis.Redis.from_url(url, socket_connect_timeout=WAIT, socket_timeout=WAIT)
