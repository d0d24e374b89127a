"""Every line of a request carries its id, above all the one with the traceback."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dkbm.core.request_log import RequestIdFilter, RequestLogMiddleware


def record(**extra: Any) -> logging.LogRecord:
    made = logging.makeLogRecord({"msg": "x", **extra})
    assert RequestIdFilter().filter(made)
    return made


def test_lines_of_a_request_carry_its_id(db: None) -> None:
    lines: list[logging.LogRecord] = []

    def view(request: HttpRequest) -> HttpResponse:
        lines.append(record())
        return HttpResponse()

    response = RequestLogMiddleware(view)(RequestFactory().get("/"))
    assert lines[0].request_id == response["X-Request-Id"]  # type: ignore[attr-defined]


def test_lines_outside_of_requests_and_with_an_id_stay_as_they_are(db: None) -> None:
    assert not hasattr(record(), "request_id")
    assert record(request_id="a").request_id == "a"  # type: ignore[attr-defined]


def test_id_ends_with_a_failed_request(db: None) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise ValueError("kaputt")

    with pytest.raises(ValueError, match="kaputt"):
        RequestLogMiddleware(view)(RequestFactory().get("/"))
    assert not hasattr(record(), "request_id")
