"""A kind of mail, and a mail server that can be told how to answer."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dkbm.launcher.ports import free_port
from dkbm.notifications import kinds
from dkbm.notifications.kinds import Kind


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "dkbm.core.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.fixture
def test_templates(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates


@pytest.fixture
def probe_of(monkeypatch: pytest.MonkeyPatch, test_templates: None) -> Callable[..., Kind]:
    """``probe_of(scope=…)``: registers the kind ``probe.told`` with these fields, in place of the one before."""

    def make(**fields: Any) -> Kind:
        kind = Kind(
            "probe.told",
            "Antwort",
            "Neue Antwort: %(title)s",
            "mail/probe.txt",
            sentence="Auf „%(title)s“ wurde geantwortet.",
            **fields,
        )
        monkeypatch.setitem(kinds._kinds, kind.key, kind)
        return kind

    return make


@pytest.fixture
def probe(probe_of: Callable[..., Kind]) -> Kind:
    return probe_of()
