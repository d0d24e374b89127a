"""What Wagtail does after a row is saved: the search of `/cms/`, the references between rows, files of deleted rows."""

from __future__ import annotations

from functools import partial

from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from dkbm.core.commits import once_on_commit

WRITES_SEARCH = "modelsearch.tasks.insert_or_update_object_task"


class AfterEachSave(ImmediateBackend):
    """Does it in the process that asks. The search it writes after the commit, and the same only once.

    A page that is made and published is saved several times in one transaction, and each time all that it holds would
    be written to the search. References are written at once: who publishes a page is told which files it shows.
    """

    def _execute_task(self, task_result: TaskResult) -> None:
        work = partial(super()._execute_task, task_result)
        if task_result.task.module_path == WRITES_SEARCH:
            once_on_commit(repr(task_result.args), work)
        else:
            work()
