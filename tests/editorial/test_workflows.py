"""Managers decide which pages are approved before they are published; editors do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import GroupApprovalTask, Task, Workflow

from dkbm.cms.models import HomePage
from dkbm.cms.roles import group_name
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person

NEW_TASK = "/cms/workflows/tasks/add/wagtailcore/groupapprovaltask/"


@pytest.fixture
def sign_in(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Callable[[str], Client]:
    def client(role: str) -> Client:
        with bind(niedersachsen):
            person = make_person(roles=(role,))
        return client_of(niedersachsen, person)

    return client


def workflow_form(task: Task, page: Any) -> dict[str, Any]:
    return {
        "name": "Freigabe", "workflow_tasks-TOTAL_FORMS": 1, "workflow_tasks-INITIAL_FORMS": 0,
        "workflow_tasks-0-task": task.pk, "workflow_tasks-0-ORDER": 1, "pages-TOTAL_FORMS": 1,
        "pages-INITIAL_FORMS": 0, "pages-0-page": page.pk,
    }  # fmt: skip


def test_manager_sets_up_an_approval_for_all_pages(
    niedersachsen: BoundNetwork, sign_in: Callable[[str], Client]
) -> None:
    manager = sign_in("manager")
    form = manager.get(NEW_TASK).text
    assert "Netzwerkleitung" in form
    assert "netz-" not in form.partition("<main")[2]
    with bind(niedersachsen):
        group = Group.objects.get(name=group_name(niedersachsen.id, "manager"))
    assert manager.post(NEW_TASK, {"name": "Leitung prüft", "groups": [group.pk]}).status_code == 302
    with bind(niedersachsen):
        task, home = GroupApprovalTask.objects.get(), HomePage.objects.get(depth=2)
    assert manager.post("/cms/workflows/add/", workflow_form(task, home)).status_code == 302
    with bind(niedersachsen):
        assert HomePage.objects.get(depth=2).get_workflow() == Workflow.objects.get(name="Freigabe")


def test_group_of_another_network_cannot_be_chosen(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, sign_in: Callable[[str], Client]
) -> None:
    with bind(bayern):
        foreign = Group.objects.get(name=group_name(bayern.id, "manager"))
    manager = sign_in("manager")
    assert manager.post(NEW_TASK, {"name": "Fremd", "groups": [foreign.pk]}).status_code == 200
    with bind(niedersachsen):
        assert not GroupApprovalTask.objects.exists()


@pytest.mark.parametrize("path", [NEW_TASK, "/cms/workflows/add/", "/cms/workflows/list/"])
def test_editors_are_sent_back(sign_in: Callable[[str], Client], path: str) -> None:
    assert sign_in("editor").get(path)["Location"] == "/cms/"
