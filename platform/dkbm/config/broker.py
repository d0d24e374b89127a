"""Kombu's transport to Redis, as the worker needs it."""

from __future__ import annotations

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as ConnectionLost


class Channel(redis.Channel):
    """A channel that says so when it is used after its connection is gone.

    A task that ends just after the broker went acknowledges on such a channel. Kombu 5.7 then fails with an
    AttributeError, which ends the worker, instead of a lost connection, which it survives.
    """

    def _connparams(self, *args: Any, **kwargs: Any) -> Any:
        if self.connection.client is None:
            raise ConnectionLost("The connection to the broker is closed.")
        return super()._connparams(*args, **kwargs)  # type: ignore[misc]


class Transport(redis.Transport):
    Channel = Channel
