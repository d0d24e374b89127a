"""The list of groups, and the pages of one group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dkbm.tenancy.http import NetworkRequest
from workgroups import rules
from workgroups.domain.functions import labels_of
from workgroups.domain.queries import overview
from workgroups.models import Workgroup
from workgroups.places import GROUP

from .doors import open_group_view


def group_list(request: NetworkRequest) -> HttpResponse:
    groups = overview.group_list(request.visitor)
    context = {
        "groups": groups,
        "may_found": rules.may_found_workgroup(request.visitor),
        "may_found_concept": rules.may_found_concept_group(request.visitor, has_one=groups.has_concept_group),
    }
    return render(request, "workgroups/list.html", context)


@dataclass(frozen=True)
class Ways:
    """Where the buttons of a group's page lead; empty where this visitor has no such way.

    ``join``: one press and one is in; ``ask``: somebody decides; ``signs_up``: for guests.
    """

    join: str
    ask: str
    invite: str
    leave: str
    mails: str
    signs_up: bool


@open_group_view
def group_page(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """What one may see of the group; forum, dates and sub-groups for those who may read it."""
    context = {
        "group": group,
        "ag": group.ag,
        "page": group.page if group.page and group.page.live else None,
        "functions": labels_of(group.member_functions),
        "contacts": overview.contacts_of(group),
        "overdue": overview.is_overdue(group, timezone.localdate()),
        **rights(request, group),
    }
    context["ways"] = _ways(request, group, context)
    if context["readable"]:
        context |= _inner_part(request, group, admits=bool(context["may_admit"]))
    if context["readable"] or group.is_subgroup:
        context["members"] = overview.members_list(group)
    return render(request, "workgroups/subgroup.html" if group.is_subgroup else "workgroups/group.html", context)


def _inner_part(request: NetworkRequest, group: Workgroup, *, admits: bool) -> dict[str, Any]:
    return {
        "panels": GROUP.panels(request, group),
        "subgroups": overview.subgroups_of(group) if group.is_workgroup else [],
        "request_count": len(overview.open_requests(group)) if admits else 0,
    }


def _ways(request: NetworkRequest, group: Workgroup, decided: dict[str, Any]) -> Ways:
    """``decided``: the :func:`rights`."""
    at_once = group.is_subgroup and rules.in_group(request.visitor, group.ag)
    joins = group.url("join") if decided["may_join"] else ""
    return Ways(
        join=joins if at_once else "",
        ask="" if at_once else joins,
        invite=group.url("invite") if decided["may_invite"] else "",
        leave=group.url("leave"),
        mails=group.url("mails"),
        signs_up=bool(decided["writable"]) and request.visitor.membership is None,
    )


def rights(request: NetworkRequest, group: Workgroup) -> dict[str, Any]:
    """``row``, and one decision for each action; for the templates."""
    asked = (request.visitor, group)
    return {
        "row": rules.row_in(request.visitor, group),
        "is_member": request.visitor.is_member,
        "readable": rules.may_read(*asked),
        "writable": rules.is_writable(group),
        "may_join": rules.may_join(*asked),
        "may_leave": rules.may_leave(*asked),
        "may_invite": rules.may_invite(*asked),
        "may_admit": rules.may_admit(*asked),
        "may_found_subgroup": rules.may_found_subgroup(*asked),
        "may_close": rules.may_close(*asked),
        "may_set_offices": rules.may_set_offices(*asked),
        "may_edit": rules.may_edit(*asked),
        "may_manage_members": rules.may_manage_members(*asked),
        "may_archive": rules.may_archive(*asked),
        "may_announce": rules.may_announce(*asked),
    }
