"""The list of groups, and the pages of one group."""

from __future__ import annotations

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

from .doors import find_group, refusal_page, subgroup_view


def group_list(request: NetworkRequest) -> HttpResponse:
    groups = overview.group_list(request.visitor)
    context = {
        "groups": groups,
        "may_found": rules.may_found_workgroup(request.visitor),
        "may_found_concept": rules.may_found_concept_group(request.visitor, has_one=groups.has_concept_group),
    }
    return render(request, "workgroups/list.html", context)


def group_page(request: NetworkRequest, slug: str) -> HttpResponse:
    """Public part for everybody; members list, sub-groups and forum for those who may read the group."""
    group = find_group(slug)
    readable = bool(rules.may_read(request.visitor, group))
    context = {
        "group": group,
        "page": group.page if group.page and group.page.live else None,
        "functions": labels_of(group.member_functions),
        "contacts": overview.contacts_of(group),
        "readable": readable,
        **rights(request, group),
    }
    if readable:
        context["panels"] = GROUP.panels(request, group)
        context["members"] = overview.members_list(group)
        context["subgroups"] = overview.subgroups_of(group) if group.is_workgroup else []
        context["request_count"] = len(overview.open_requests(group)) if context["may_admit"] else 0
    return render(request, "workgroups/group.html", context)


@subgroup_view
def subgroup_page(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """For members of the AG around it; others of the network read why not, and may ask for both at once."""
    visible = rules.may_see_subgroup(request.visitor, group)
    if not visible:
        return refusal_page(request, group, visible)
    readable = bool(rules.may_read(request.visitor, group))
    context = {
        "group": group,
        "ag": group.parent,
        "contacts": overview.contacts_of(group),
        "readable": readable,
        "panels": GROUP.panels(request, group) if readable else [],
        "members": overview.members_list(group),
        "join_at_once": rules.in_group(request.visitor, group.parent or group),
        "overdue": overview.is_overdue(group, timezone.localdate()),
        **rights(request, group),
    }
    return render(request, "workgroups/subgroup.html", context)


def rights(request: NetworkRequest, group: Workgroup) -> dict[str, Any]:
    """``row`` and one decision for each action, for the templates."""
    asked = (request.visitor, group)
    return {
        "row": rules.row_in(request.visitor, group),
        "is_member": request.visitor.is_member,
        "writable": rules.is_writable(group),
        "may_join": rules.may_join(*asked),
        "may_leave": rules.may_leave(*asked),
        "may_admit": rules.may_admit(*asked),
        "may_found_subgroup": rules.may_found_subgroup(*asked),
        "may_close": rules.may_close(*asked),
        "may_set_offices": rules.may_set_offices(*asked),
        "may_edit": rules.may_edit(*asked),
        "may_manage_members": rules.may_manage_members(*asked),
        "may_archive": rules.may_archive(*asked),
    }
