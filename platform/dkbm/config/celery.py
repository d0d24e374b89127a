"""Celery application; every task runs in its sender's network (``dkbm.tenancy.tasks``)."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dkbm.config.settings")

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["redis"] = TRANSPORT_ALIASES["rediss"] = "dkbm.config.broker:Transport"

app = Celery("transfernetz", task_cls="dkbm.tenancy.tasks:NetworkTask", include=["dkbm.config.tasks"])
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
