"""Migrations are complete and named."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command

from dkbm.tenancy.context import bind_all
from tests.architecture.source import python_files


def test_no_migration_is_missing(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with bind_all("migrations", as_owner=True):
        call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def test_migrations_are_named() -> None:
    names = [path.stem for path in python_files() if path.parent.name == "migrations" and path.stem != "__init__"]
    assert names
    assert [name for name in names if re.search(r"_auto_\d|_and_more$", name)] == []
