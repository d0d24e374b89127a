"""Who may decide about people. Each answer carries its reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.accounts.models import Function
from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.context import PLATFORM_ID, require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership

NETWORK_ROLES = (Role.EDITOR, Role.MANAGER)
"""What can be granted in a network; ``OPERATOR`` exists on the platform's own row alone."""


def is_visiting_operator(actor: Membership) -> bool:
    """An operator at work inside a network; the membership is the one of the platform."""
    return actor.network_id == PLATFORM_ID and actor.is_operator


def may_manage_people(actor: Membership) -> Decision:
    """Managers of the bound network, and operators who have entered it."""
    if actor.network_id == require_network().id and actor.is_manager:
        return ALLOWED
    if is_visiting_operator(actor):
        return ALLOWED
    return refused(_("Das darf nur die Netzwerkleitung."))


def may_change_role(actor: Membership, membership: Membership, role: str) -> Decision:
    """Roles belong to active members."""
    decision = may_manage_people(actor)
    if not decision:
        return decision
    if role not in NETWORK_ROLES:
        return refused(_("Diese Rolle gibt es in einem Netzwerk nicht."))
    if not membership.is_active:
        return refused(_("Rollen haben nur aufgenommene Mitglieder."))
    return ALLOWED


def may_give_up_manager(membership: Membership, actor: Membership | None = None) -> Decision:
    """A network keeps its last manager; only an operator may take the role from that person."""
    if not membership.is_manager or (actor is not None and is_visiting_operator(actor)):
        return ALLOWED
    others = Membership.objects.filter(state=MembershipState.ACTIVE, roles__contains=[Role.MANAGER])
    if others.exclude(pk=membership.pk).exists():
        return ALLOWED
    return refused(
        _("Sie sind die einzige Netzwerkleitung. Bitte geben Sie die Rolle zuerst einer weiteren Person.")
        if actor is None or actor.pk == membership.pk
        else _("Das ist die einzige Netzwerkleitung. Bitte geben Sie die Rolle zuerst einer weiteren Person.")
    )


def may_leave(membership: Membership) -> Decision:
    return may_give_up_manager(membership)


def may_change_function(function: Function, *, ends: bool = False) -> Decision:
    """``ends``: it is to be merged or offered no longer. Whoever has the agency's function needs it as it is."""
    if function.merged_into_id is not None:
        return refused(_("Diese Funktion ist in einer anderen aufgegangen."))
    if ends and function.is_agency:
        return refused(_("Diese Funktion haben die Beschäftigten der Transferagentur. Sie bleibt, wie sie ist."))
    return ALLOWED
