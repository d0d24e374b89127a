"""Who is told what about pages in a workflow: Wagtail says whom it concerns, we tell them in the network's name.

Wagtail's own mails would leave at once and lead to a host that has no pages. Whether somebody wants to be told is
asked by Wagtail, in the person's settings in the CMS, so our own wishes have no say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from dkbm.cms.basepage.models import BasePage
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.kinds import Kind


def _pages() -> QuerySet[BasePage]:
    pages: QuerySet[BasePage] = BasePage.objects.all()
    return pages


KINDS = (
    Kind(
        "page.submitted",
        _("Seite zur Freigabe"),
        _("Bitte prüfen: „%(title)s“"),
        sentence=_("Die Seite „%(title)s“ wartet auf Freigabe."),
        things=_pages,
    ),
    Kind(
        "page.approved",
        _("Freigabe einer Seite"),
        _("„%(title)s“ ist veröffentlicht"),
        sentence=_("Ihre Seite „%(title)s“ ist freigegeben und veröffentlicht."),
        things=_pages,
    ),
    Kind(
        "page.rejected",
        _("Zurückgegebene Seite"),
        _("„%(title)s“ wurde zurückgegeben"),
        sentence=_("Ihre Seite „%(title)s“ wurde nicht freigegeben und kommt zu Ihnen zurück."),
        things=_pages,
    ),
)


class _Telling:
    """In place of Wagtail's sending; the template of the mail gets title, person and comment."""

    kind: str

    def send_notifications(
        self, template_set: Any, context: dict[str, Any], recipients: Iterable[Any], **_: Any
    ) -> bool:
        page = context["object"]
        asked_by = context.get("requested_by")
        values = {
            "title": page.get_admin_display_title(),
            "person": asked_by.get_full_name() if asked_by else "",
            "comment": context.get("comment", ""),
        }
        path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        tell(kind=self.kind, people=recipients, about=page, occasion=every_time(), path=path, context=values)
        return True


class _Submitted(_Telling, GroupApprovalTaskStateSubmissionEmailNotifier):
    kind = "page.submitted"

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(task_state, **kwargs)
        return {**context, "requested_by": task_state.workflow_state.requested_by}


class _Approved(_Telling, WorkflowStateApprovalEmailNotifier):
    kind = "page.approved"


class _Rejected(_Telling, WorkflowStateRejectionEmailNotifier):
    kind = "page.rejected"


# Signals hold their receivers weakly.
_RECEIVERS = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification", _Submitted()),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", _Approved()),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", _Rejected()),
)


def take_over() -> None:
    """Put our receivers in the place of Wagtail's, under its names: whoever connects a name second is not heard.

    Wagtail's fourth, on the start of a workflow, writes to superusers alone, of whom there are none.
    """
    for signal, sender, name, receiver in _RECEIVERS:
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(receiver, sender=sender, dispatch_uid=name)
