"""The group that somebody chooses when signing up for the network."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.functions import function_labels
from dkbm.accounts.signup_choices import Choice
from dkbm.tenancy.models import Membership
from workgroups.domain.groups import put_in_group
from workgroups.domain.queries.groups import open_workgroups
from workgroups.enums import GroupMembershipState
from workgroups.models import GroupMembership, Workgroup


def choices() -> list[Choice]:
    """Slug, title and the functions an open AG is meant for."""
    groups = list(open_workgroups())
    labels = function_labels() if any(group.member_functions for group in groups) else {}
    return [(group.slug, group.title, _for_whom(group, labels)) for group in groups]


def _for_whom(group: Workgroup, labels: Mapping[str, str]) -> str:
    names = ", ".join(labels.get(key, key) for key in group.member_functions)
    return _("Für %(functions)s") % {"functions": names} if names else ""


def suggest(function: str) -> str | None:
    """Slug of the AG that names this function foremost; without one, the AG with the lowest number."""
    groups = list(open_workgroups())
    fitting = [group for group in groups if function in group.member_functions]
    if fitting:
        return str(min(fitting, key=lambda group: group.member_functions.index(function)).slug)
    return str(groups[0].slug) if groups else None


def on_requested(*, membership: Membership, value: str) -> None:
    """Remember the choice as a request; speakers are not told, because the network decides first."""
    group = _chosen(value)
    if membership.is_waiting:
        _drop_choices(membership, but=group)
    if group is None:
        return
    row = GroupMembership.objects.filter(workgroup=group, person_id=membership.person_id).first()
    if row is not None and (row.is_active or row.is_requested):
        return
    row = row or GroupMembership(workgroup=group, person_id=membership.person_id)
    row.begin_request()
    row.save()


def on_admitted(*, membership: Membership, value: str) -> None:
    """One admission opens network and AG. The mail of the network's admission names the group."""
    group = _chosen(value)
    if group is not None:
        put_in_group(workgroup=group, person=membership.person)


def on_refused(*, membership: Membership, value: str) -> None:
    """Nobody in the AG has to decide about somebody whom the network refuses."""
    _drop_choices(membership)


def _drop_choices(membership: Membership, but: Workgroup | None = None) -> None:
    """People who are not members yet have no other requests than those of the sign-up."""
    rows = GroupMembership.objects.filter(person_id=membership.person_id, state=GroupMembershipState.REQUESTED)
    if but is not None:
        rows = rows.exclude(workgroup=but)
    rows.update(state=GroupMembershipState.LEFT)


def _chosen(value: str) -> Workgroup | None:
    group: Workgroup | None = open_workgroups().filter(slug=value).first()
    return group
