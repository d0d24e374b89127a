"""Work after the commit: what leaves the database leaves then, and never undoes what a person did."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Hashable
from contextvars import copy_context
from functools import partial

from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 10.0
"""What does not answer is left alone for this long: a hundred mails must not wait a hundred times."""
LONG_SECONDS = 0.3


class Breaker:
    """Remembers that something outside does not answer, so that callers do not wait for it again and again.

    What refuses at once costs nothing and is asked each time, so that nothing is missed once it is back.
    """

    def __init__(self, pause: float = PAUSE_SECONDS) -> None:
        self._pause = pause
        self._closed_until = 0.0

    @property
    def resting(self) -> bool:
        return time.monotonic() < self._closed_until

    def failed(self, waited: float) -> None:
        """``waited``: seconds until the failure."""
        if waited > LONG_SECONDS:
            self._closed_until = time.monotonic() + self._pause

    def worked(self) -> None:
        self._closed_until = 0.0


broker = Breaker()


def on_commit_robust(fn: Callable[[], object], *, key: Hashable = None) -> None:
    """Run ``fn`` once the transaction is committed (at once outside of one); an error is logged, never raised.

    It runs in the context of this call: the transaction may end after the block that bound the network.
    """
    context = copy_context()

    def run() -> None:
        try:
            context.run(fn)
        except Exception:
            logger.exception("work after the commit failed")

    run.key = key  # type: ignore[attr-defined]
    # Django's own `robust` is not enough: it asks for the function's name, which a partial has not, and raises.
    transaction.on_commit(run)


def once_on_commit(key: Hashable, fn: Callable[[], object]) -> None:
    """:func:`on_commit_robust`, once for each key in a transaction: what waits for the commit will see all of it."""
    if not any(getattr(waiting, "key", None) == key for _savepoints, waiting, *_ in connection.run_on_commit):
        on_commit_robust(fn, key=key)


def publish_on_commit(task: str, **kwargs: object) -> None:
    """Send the Celery task named ``task`` with plain keyword arguments once the transaction is committed.

    Never raises and waits about a second at most when the broker is away. The task is then lost: whatever
    must happen stands in a row that a periodic sweep finds.
    """
    on_commit_robust(partial(_publish, task, kwargs))


def publish_once_on_commit(task: str, **kwargs: object) -> None:
    """:func:`publish_on_commit`, once in a transaction however often it is called in it."""
    once_on_commit((task, *sorted(kwargs.items())), partial(_publish, task, kwargs))


def _publish(task: str, kwargs: dict[str, object]) -> None:
    if broker.resting:
        return
    start = time.monotonic()
    try:
        current_app.send_task(task, kwargs=kwargs)
    except (OperationalError, OSError) as error:
        broker.failed(time.monotonic() - start)
        logger.warning("broker away", extra={"task": task, "error": type(error).__name__})
    else:
        broker.worked()
