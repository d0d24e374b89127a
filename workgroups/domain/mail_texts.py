"""A group decides that mails about its topics carry a link only, and nothing of what was written there."""

from __future__ import annotations

from django.db import transaction

from dkbm.audit import log as audit
from dkbm.cms.domain.edits import note_edit
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain.groups import lock
from workgroups.errors import insist
from workgroups.models import Workgroup


@transaction.atomic
def set_mails_link_only(*, group: Workgroup, visitor: Visitor, wanted: bool) -> Workgroup:
    """From the next mail on. Raises ``GroupRefusal``."""
    group = lock(group, visitor)
    insist(rules.may_set_mail_texts(visitor, group))
    group.mails_link_only = wanted
    group.save(update_fields=["mails_link_only"])
    note_edit(group, visitor=visitor)
    audit.record(action="group.edited", actor=visitor.person, group=group.title)
    return group
