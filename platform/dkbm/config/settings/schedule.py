"""Periodic tasks of Celery beat. Beat sends unbound; each sweep goes through the networks itself."""

from typing import Any

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {}
