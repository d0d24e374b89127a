"""What Wagtail does after a row is saved: the admin's search, the references between rows, files of deleted rows."""

from __future__ import annotations

from functools import partial

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from dkbm.core.commits import once_on_commit


class OnceACommit(ImmediateBackend):
    """Does it in the process that asks, after the commit, and the same only once.

    A page that is made and published is saved three times in one transaction, and each time all that it holds would
    be written to the search and to the references.
    """

    def _execute_task(self, task_result: TaskResult) -> None:
        key = (task_result.task.module_path, repr(task_result.args), repr(task_result.kwargs))
        once_on_commit(key, partial(super()._execute_task, task_result))
