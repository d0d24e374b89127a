"""What a group says about itself is changed: of a sub-group by its lead, of the others by a manager."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from dkbm.audit import log as audit
from dkbm.cms.domain.edits import note_edit
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain.functions import function_keys
from workgroups.domain.groups import lock
from workgroups.domain.saving import GroupValues, check_until, save_group
from workgroups.errors import insist
from workgroups.models import Workgroup


@transaction.atomic
def edit_workgroup(
    *,
    group: Workgroup,
    visitor: Visitor,
    name: str,
    number: int | None = None,
    question: str = "",
    description: str = "",
    expected_result: str = "",
    member_functions: Sequence[str] | None = None,
) -> Workgroup:
    """Change name, number and descriptions; the address stays. The page takes them over, see ``pages.retell_page``.

    ``member_functions``: those that the group is for; ``None`` leaves them as they are.

    Raises ``GroupRefusal`` with the field, ``ValidationError``.
    """
    group = lock(group, visitor)
    insist(rules.may_edit(visitor, group))
    keys: Sequence[str] = group.member_functions
    if member_functions is not None:
        keys = function_keys(member_functions, before=keys)
    values = GroupValues(
        name=name,
        number=number if group.is_workgroup else None,
        question=question,
        description=description,
        expected_result=expected_result,
        member_functions=keys,
        until=group.until,
    )
    save_group(group, values)
    note_edit(group, visitor=visitor)
    audit.record(action="group.edited", actor=visitor.person, group=group.title)
    return group


@transaction.atomic
def edit_subgroup(
    *,
    group: Workgroup,
    visitor: Visitor,
    name: str,
    question: str,
    expected_result: str,
    until: date | None = None,
) -> Workgroup:
    """Change what the sub-group was founded with; its address stays. Raises ``GroupRefusal``, ``ValidationError``."""
    group = lock(group, visitor)
    insist(rules.may_edit(visitor, group))
    check_until(until, before=group.until)
    values = GroupValues(
        name=name,
        question=question,
        description=group.description,
        expected_result=expected_result,
        member_functions=group.member_functions,
        until=until,
    )
    save_group(group, values)
    note_edit(group, visitor=visitor)
    audit.record(action="group.edited", actor=visitor.person, group=group.title)
    return group
