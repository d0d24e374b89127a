"""Who is told of a page in a workflow: through the outbox, in the network's name, with a link that leads there."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail as django_mail
from wagtail.models import GroupApprovalTask, Workflow, WorkflowPage, WorkflowTask

from dkbm.accounts.models import Person
from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage, StandardPage
from dkbm.cms.roles import group_name
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person


@pytest.fixture
def editor(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Eva Editor", roles=("editor",))


@pytest.fixture
def manager(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Lena Leitung", roles=("manager",))


@pytest.fixture
def page(in_niedersachsen: BoundNetwork, editor: Person, manager: Person, bayern: BoundNetwork) -> StandardPage:
    """A draft below a home page whose changes a manager approves; the other network has a manager too."""
    with bind(bayern):
        make_person("Leitung Bayern", roles=("manager",))
    home = HomePage.objects.get(depth=2)
    task = GroupApprovalTask.objects.create(name="Freigabe")
    task.groups.add(Group.objects.get(name=group_name(in_niedersachsen.id, "manager")))
    workflow = Workflow.objects.create(name="Freigabe")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=BasePage.objects.get(pk=home.pk))
    page = StandardPage(title="Neue Seite", live=False, locale=home.locale, network_id=in_niedersachsen.id)
    BasePage.objects.get(pk=home.pk).add_child(instance=page)
    page.save_revision(user=editor)
    return page


def mails() -> list[tuple[str, str, str, str]]:
    return [(mail.kind, mail.address, mail.subject, mail.path) for mail in Mail.objects.order_by("pk")]


def start(page: StandardPage, editor: Person) -> Any:
    return page.get_workflow().start(page, editor)


def test_those_who_approve_are_told_in_the_networks_name(page: StandardPage, editor: Person, manager: Person) -> None:
    start(page, editor)
    path = f"/cms/pages/{page.pk}/edit/"
    assert mails() == [("page.submitted", manager.email, "Bitte prüfen: „Neue Seite“", path)]
    body = Mail.objects.get().body
    assert "Eva Editor bittet um Freigabe der Seite „Neue Seite“." in body
    assert f"niedersachsen.localhost{path}" in body.replace(":8000", "")
    assert django_mail.outbox == []


def test_who_asked_is_told_of_the_approval(page: StandardPage, editor: Person, manager: Person) -> None:
    start(page, editor).current_task_state.specific.approve(user=manager)
    assert mails()[1][:3] == ("page.approved", editor.email, "„Neue Seite“ ist veröffentlicht")
    assert StandardPage.objects.get(pk=page.pk).live


def test_who_asked_is_told_why_the_page_comes_back(page: StandardPage, editor: Person, manager: Person) -> None:
    start(page, editor).current_task_state.specific.reject(user=manager, comment="Die Quelle fehlt.")
    assert mails()[1][:3] == ("page.rejected", editor.email, "„Neue Seite“ wurde zurückgegeben")
    assert "Dazu heißt es:\nDie Quelle fehlt." in Mail.objects.get(kind="page.rejected").body


def test_nobody_is_told_of_an_own_decision(page: StandardPage, manager: Person) -> None:
    start(page, manager).current_task_state.specific.approve(user=manager)
    assert mails() == []
