"""Readiness is about pages: Redis, worker and mail are reported, never waited for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kombu.pools
import pytest
from django.test import Client

from dkbm.config.celery import app
from dkbm.config.health import readiness
from tests.config.web_process import WITH_TOKEN
from tests.redis_process import RedisProcess


@pytest.mark.parametrize("how", ["kill", "freeze"])
def test_lost_redis_is_reported_as_data(
    db: None, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    server = RedisProcess(tmp_path)
    server.start()
    settings.REDIS_URL = server.url
    settings.EMAIL_HOST = ""
    for name in ("broker_url", "broker_read_url", "broker_write_url"):
        monkeypatch.setattr(app.conf, name, server.url)
    kombu.pools.reset()
    readiness.forget()
    try:
        getattr(server, how)()
        answer = Client(headers=WITH_TOKEN).get("/readyz")
    finally:
        readiness.forget()
        server.kill()
        kombu.pools.reset()
    body = answer.json()
    assert answer.status_code == 200
    assert (body["redis"]["state"], body["worker"]["state"], body["mail"]["state"]) == ("down", "down", "up")
