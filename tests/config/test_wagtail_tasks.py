"""What Wagtail writes beside a page it writes once, after the commit, in the page's network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django_tasks.signals import task_finished

from dkbm.cms.domain.pages import area_page
from dkbm.cms.models import HomePage, StandardPage
from dkbm.tenancy.context import BoundNetwork, bind

SEARCH = "insert_or_update_object_task"


@contextmanager
def told() -> Iterator[list[tuple[str, str]]]:
    """Name and outcome of each task that was done within."""
    done: list[tuple[str, str]] = []

    def note(task_result: Any, **kwargs: Any) -> None:
        done.append((task_result.task.name, task_result.status.name))

    task_finished.connect(note)
    try:
        yield done
    finally:
        task_finished.disconnect(note)


def make_page() -> StandardPage:
    return area_page(StandardPage, title="Förderprogramm", slug="foerderprogramm")


@pytest.fixture
def without_pages(niedersachsen: BoundNetwork) -> BoundNetwork:
    with bind(niedersachsen):
        for page in StandardPage.objects.all():
            page.delete()
    return niedersachsen


def test_page_that_is_made_and_published_is_written_to_the_search_once(
    without_pages: BoundNetwork, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with told() as done, django_capture_on_commit_callbacks(execute=True), bind(without_pages), transaction.atomic():
        make_page()
        assert SEARCH not in dict(done)
    assert [outcome for name, outcome in done if name == SEARCH] == ["SUCCESSFUL"]
    with bind(without_pages):
        assert [page.title for page in StandardPage.objects.all().search("Förderprogramm")] == ["Förderprogramm"]


def test_page_that_is_rolled_back_is_not_written_to_the_search(
    without_pages: BoundNetwork, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with told() as done, django_capture_on_commit_callbacks(execute=True), bind(without_pages):
        with transaction.atomic():
            make_page()
            transaction.set_rollback(True)
        HomePage.objects.get(depth=2).save()
    assert [name for name, _outcome in done].count(SEARCH) == 1
    with bind(without_pages):
        assert not StandardPage.objects.all().search("Förderprogramm")
