"""The worker's connection to its broker."""

from __future__ import annotations

import contextlib

from celery.worker.consumer import Consumer


class PatientConsumer(Consumer):
    """Survives a broker that goes while tasks are running.

    Kombu 5.7 closes the lost connection twice, and the second time it looks for messages to give back on a
    connection that has no address any more: the AttributeError would end the worker.
    """

    def on_connection_error_after_connected(self, exc: Exception) -> None:
        with contextlib.suppress(AttributeError):
            super().on_connection_error_after_connected(exc)
