"""Logging: one JSON line per event on standard error, which leaves standard output to what commands print."""

from typing import Any

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "filters": {"request id": {"()": "dkbm.core.request_log.RequestIdFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request id"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "dkbm": {"level": "INFO"},
        "uvicorn.error": {"level": "INFO"},
        "celery": {"level": "INFO"},
        # Says of each question that it was not answered; we say it ourselves.
        "elastic_transport": {"level": "ERROR"},
    },
}
