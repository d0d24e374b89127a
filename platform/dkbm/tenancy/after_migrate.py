"""Registry of what apps do once the tables are new and guarded: filled in ``apps.ready()``, run by ``migrate``."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Step = Callable[[], object]

_steps: list[Step] = []


def register_step(step: Step) -> None:
    """``step()`` runs with the owner's login across all networks; it looks itself whether there is something to do."""
    _steps.append(step)


def run_steps() -> None:
    """Nothing happens while migrations are missing: the models speak of the tables as they will be."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        for step in _steps:
            step()
