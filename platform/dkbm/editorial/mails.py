"""Mails about pages in a workflow: Wagtail says who is told of what, the outbox sends it in the network's name.

Wagtail's own mails would leave at once and lead to a host that has no pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
)
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from dkbm.notifications.domain.outbox import notify
from dkbm.notifications.kinds import Kind

KINDS = (
    Kind("page-submitted", _("Seite zur Freigabe"), _("Bitte prüfen: „%(title)s“")),
    Kind("page-approved", _("Freigabe einer Seite"), _("„%(title)s“ ist veröffentlicht")),
    Kind("page-rejected", _("Zurückgegebene Seite"), _("„%(title)s“ wurde zurückgegeben")),
)


class _ToOutbox:
    """In place of Wagtail's sending; ``kind`` of the mail, whose template gets title, person and comment."""

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
        for recipient in recipients:
            path = reverse("wagtailadmin_pages:edit", args=[page.pk])
            notify(kind=self.kind, recipient=recipient, path=path, cause=page, context=values)
        return True


class _Submitted(_ToOutbox, GroupApprovalTaskStateSubmissionEmailNotifier):
    kind = "page-submitted"

    def get_context(self, task_state: TaskState, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(task_state, **kwargs)
        return {**context, "requested_by": task_state.workflow_state.requested_by}


class _Approved(_ToOutbox, WorkflowStateApprovalEmailNotifier):
    kind = "page-approved"


class _Rejected(_ToOutbox, WorkflowStateRejectionEmailNotifier):
    kind = "page-rejected"


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
