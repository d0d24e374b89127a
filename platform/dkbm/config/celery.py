"""Celery application; every task runs in its sender's network (``dkbm.tenancy.tasks``)."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dkbm.config.settings")

from celery import Celery
from celery.signals import beat_embedded_init, worker_init
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "dkbm.config.broker:Transport"

app = Celery("transfernetz", task_cls="dkbm.tenancy.tasks:NetworkTask", include=["dkbm.config.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

PR_SET_PDEATHSIG = 1


@worker_init.connect
def _share_what_is_loaded(**_: Any) -> None:
    """Before it forks: what the collector walks through is written to, and would be copied into every process."""
    gc.collect()
    gc.freeze()


@beat_embedded_init.connect
def _end_with_the_worker(**_: Any) -> None:
    """Beat within a worker is a process of its own, and would outlive one that is killed."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
