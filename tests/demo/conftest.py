"""Loading takes a while, so a module loads once, inside one transaction that is rolled back at its end. One module is
all that needs it: each more would load again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from dkbm.demo.domain.demo import DATA, load_demo
from dkbm.tenancy.context import bind_all
from dkbm.tenancy.hosts import forget_hosts


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The demo in the database; yields its lines of progress."""
    lines: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        forget_hosts()
        with bind_all("test: load_demo", as_owner=True):
            assert load_demo(say=lines.append)
        yield lines
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded_demo: list[str]) -> Iterator[None]:
    """The loaded demo; what the test changes is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    """``files(name=change)``: a folder with copies of the named files, each changed by ``change(data)``."""

    def make(**changes: Callable[[Any], Any] | None) -> Path:
        for name, change in changes.items():
            data = yaml.load((DATA / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            if change:
                change(data)
            text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True)
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return make
