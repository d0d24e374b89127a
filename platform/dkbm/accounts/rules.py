"""Who may decide about people. Each answer carries its reason."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.accounts.enums import PortraitAudience
from dkbm.accounts.models import Function, Portrait
from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor, visitor_with

NETWORK_ROLES = (Role.EDITOR, Role.MANAGER)
"""What can be granted in a network; ``OPERATOR`` exists on the platform's own row alone."""


def may_manage_people(visitor: Visitor) -> Decision:
    """Managers of the bound network, and operators who have entered it."""
    if visitor.is_visiting_operator or visitor.is_manager:
        return ALLOWED
    return refused(_("Das kann nur die Netzwerkleitung tun."))


def may_change_role(visitor: Visitor, membership: Membership, role: str) -> Decision:
    """Roles belong to active members."""
    decision = may_manage_people(visitor)
    if not decision:
        return decision
    if role not in NETWORK_ROLES:
        return refused(_("Diese Rolle gibt es in einem Netzwerk nicht."))
    if not membership.is_active:
        return refused(_("Rollen können nur Mitglieder haben, die aufgenommen sind."))
    return ALLOWED


def may_give_up_manager(membership: Membership, visitor: Visitor) -> Decision:
    """A network keeps its last manager; only an operator may take the role from that person."""
    if not membership.is_manager or visitor.is_visiting_operator:
        return ALLOWED
    others = Membership.objects.filter(state=MembershipState.ACTIVE, roles__contains=[Role.MANAGER])
    if others.exclude(pk=membership.pk).exists():
        return ALLOWED
    return refused(
        _("Sie sind die einzige Netzwerkleitung. Bitte geben Sie die Rolle zuerst einer weiteren Person.")
        if visitor.person_id == membership.person_id
        else _("Das ist die einzige Netzwerkleitung. Bitte geben Sie die Rolle zuerst einer weiteren Person.")
    )


def may_leave(membership: Membership) -> Decision:
    """``membership``: of the person who wants to go."""
    return may_give_up_manager(membership, visitor_with(membership))


def may_change_function(function: Function, *, ends: bool = False) -> Decision:
    """``ends``: it is to be merged or offered no longer. Whoever has the agency's function needs it as it is."""
    if function.merged_into_id is not None:
        return refused(_("Diese Funktion wurde mit einer anderen zusammengeführt."))
    if ends and function.is_agency:
        return refused(_("Diese Funktion haben die Beschäftigten der Transferagentur. Sie bleibt, wie sie ist."))
    return ALLOWED


def may_write_to(visitor: Visitor, membership: Membership) -> Decision:
    """A mail from one member to another, neither seeing an address. Whether the other wants any, they say themselves
    (``domain.messages``)."""
    if not visitor.is_member:
        return refused(_("Nachrichten schreiben sich die Mitglieder des Netzwerks."))
    if membership.person_id == visitor.person_id:
        return refused(_("Das sind Sie selbst."))
    if not membership.is_active or not membership.person.has_mailbox:
        return refused(_("Diese Person ist hier nicht mehr zu erreichen."))
    return ALLOWED


def may_see_portrait(visitor: Visitor, portrait: Portrait, *, of_member: bool) -> Decision:
    """The person themselves, and whom they chose; nobody sees that of who has left, or whose account is closed."""
    if visitor.person_id == portrait.person_id:
        return ALLOWED
    if not (portrait.person.is_active and of_member) or portrait.shown_to == PortraitAudience.NOBODY:
        return refused(_("Dieses Bild ist nicht zu sehen."))
    if visitor.is_member or portrait.shown_to == PortraitAudience.EVERYBODY:
        return ALLOWED
    return refused(_("Dieses Bild sehen die Mitglieder des Netzwerks."))
