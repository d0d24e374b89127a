"""Who is told of a new issue, and of pages in a workflow: Wagtail says whom those concern, we tell in our words.

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
from wagtail.models import PageViewRestriction, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from dkbm.accounts.models import with_mailbox
from dkbm.cms.basepage.models import BasePage
from dkbm.editorial.models import BlickpunktPage
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.domain.telling_many import tell_many
from dkbm.notifications.kinds import Kind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

ISSUE_KIND = "editorial.issue"


def _pages() -> QuerySet[BasePage]:
    pages: QuerySet[BasePage] = BasePage.objects.all()
    return pages


def _issues() -> QuerySet[BlickpunktPage]:
    issues: QuerySet[BlickpunktPage] = BlickpunktPage.objects.live()
    return issues


KINDS = (
    Kind(
        ISSUE_KIND,
        _("Neue Ausgabe des Blickpunkts"),
        _("Neu erschienen: %(title)s"),
        sentence=_("Neu erschienen: „%(title)s“."),
        optional=True,
        by_group=True,
        things=_issues,
    ),
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


def tell_of_issue(instance: BlickpunktPage, revision: Any, **kwargs: Any) -> None:
    """Tell all members of an issue that an editor has published for the first time.

    What an import brings has no editor, and what some members alone may read is for nobody to announce.
    """
    closed = instance.get_view_restrictions().filter(restriction_type=PageViewRestriction.GROUPS).exists()
    is_new = instance.live and instance.first_published_at == instance.last_published_at
    if closed or not is_new or revision.user_id is None:
        return
    members = Membership.objects.filter(with_mailbox("person"), state=MembershipState.ACTIVE)
    tell_many(
        kind=ISSUE_KIND,
        people=list(members.exclude(person=revision.user_id).order_by("person").values_list("person", flat=True)),
        about=instance,
        path=instance.url_path_here,
        context={"title": instance.title, "excerpt": instance.summary},
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
