"""Celery: worker, beat and how messages are sent. What must not get lost stands in PostgreSQL, not in the broker."""

from __future__ import annotations

from typing import Any

# The application has to exist wherever Django does: tasks are sent by name through `celery.current_app`.
import dkbm.config.celery  # noqa: F401

CELERY_TASK_IGNORE_RESULT = True
# A task that was begun by a worker that died is begun again; every task checks whether it is already done.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
# Redis hands out what has the lowest number first; what names none has 0.
CELERY_TASK_ROUTES = {
    "notifications.send_mails": {"priority": 3},
    "notifications.tell_crowd": {"priority": 3},
    "notifications.send_batch": {"priority": 6},
    "savedsearch.look_for": {"priority": 9},
    "search.read_document": {"priority": 9},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# The worker waits for a broker that is away, however long it takes.
CELERY_BROKER_CONNECTION_RETRY = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# Who publishes does not wait: what is not sent now is found by a sweep.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "socket_connect_timeout": 1,
    "socket_timeout": 1,
    "visibility_timeout": 600,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
