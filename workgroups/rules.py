"""Who may do what in a group. Every rule answers with its reason.

``person``: account or anonymous user. ``membership``: the person's row in the bound network or ``None``.
``group``: a :class:`workgroups.models.Workgroup`; the rules ask it for the person's row there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from dkbm.core.decisions import ALLOWED, Decision, refused

if TYPE_CHECKING:
    from dkbm.tenancy.models import Membership

    from .models import GroupMembership, Workgroup


def in_network(membership: Membership | None) -> bool:
    return bool(membership and membership.is_active)


def manages(membership: Membership | None) -> bool:
    return bool(membership and membership.is_manager)


def in_group(person: Any, membership: Membership | None, group: Workgroup) -> bool:
    """Active member of the group and of the network. Managers belong to the concept group by their role."""
    if not in_network(membership):
        return False
    if group.is_concept_group and manages(membership):
        return True
    row = group.membership_of(person)
    return bool(row and row.is_active)


def has_office(person: Any, membership: Membership | None, group: Workgroup, *offices: str) -> bool:
    if not in_network(membership):
        return False
    row = group.membership_of(person)
    return bool(row and row.is_active and row.office in offices)


def may_read(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Members list, forum, documents of the group itself."""
    if not in_network(membership):
        return refused(_("Das sehen nur Mitglieder des Netzwerks."))
    if manages(membership) or in_group(person, membership, group):
        return ALLOWED
    return refused(_("Das sehen nur die Mitglieder von „%(group)s“.") % {"group": group.title})


def may_see_subgroup(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Page of a sub-group: its own members, and every member of the AG around it."""
    if may_read(person, membership, group):
        return ALLOWED
    if group.parent is not None and in_group(person, membership, group.parent):
        return ALLOWED
    if not in_network(membership):
        return refused(_("Das sehen nur Mitglieder des Netzwerks."))
    return refused(
        _("Unterarbeitsgruppen sehen nur die Mitglieder von „%(group)s“.")
        % {"group": group.parent.title if group.parent else group.title}
    )


def is_writable(group: Workgroup) -> Decision:
    """State of the group alone: archived and closed groups, and sub-groups of archived AGs, can only be read."""
    if group.state == "archived":
        return refused(_("„%(group)s“ ist archiviert und kann nur noch gelesen werden.") % {"group": group.title})
    if group.state == "closed":
        return refused(_("„%(group)s“ ist abgeschlossen und kann nur noch gelesen werden.") % {"group": group.title})
    if group.parent is not None:
        return is_writable(group.parent)
    return ALLOWED


def may_write(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Write in the group's forum. The agency takes part in every group: it moderates them."""
    readable = may_read(person, membership, group)
    return is_writable(group) if readable else readable


def may_join(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Request an AG, or join a sub-group. A sub-group may be asked for from outside, together with its AG."""
    if not in_network(membership):
        return refused(_("Gruppen stehen den Mitgliedern des Netzwerks offen."))
    if group.is_concept_group:
        return refused(
            _(
                "Der Konzeptgruppe gehören die Sprecherinnen, Sprecher und Stellvertretungen an "
                "und wen die Netzwerkleitung beruft."
            )
        )
    writable = is_writable(group)
    if not writable:
        return writable
    row = group.membership_of(person)
    if row and row.is_active:
        return refused(_("Sie sind bereits Mitglied."))
    if row and row.is_requested:
        return refused(_("Ihre Anfrage liegt vor. Sie erhalten eine E-Mail, sobald entschieden ist."))
    return ALLOWED


def may_leave(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Whoever has an office hands it over before, as long as somebody can take it; in a finished group it just ends."""
    row = group.membership_of(person) if in_network(membership) else None
    if not row or not row.is_active:
        return refused(_("Sie sind kein Mitglied dieser Gruppe."))
    if group.is_concept_group:
        return refused(_("Ihr Platz in der Konzeptgruppe hängt an Ihrem Amt oder an der Berufung durch die Leitung."))
    if not row.office or not is_writable(group):
        return ALLOWED
    if row.office == "lead":
        return refused(_("Sie leiten diese Gruppe. Bitte übergeben Sie die Leitung, bevor Sie austreten."))
    return refused(
        _("Sie haben in dieser Gruppe das Amt „%(office)s“. Bitte übergeben Sie es, bevor Sie austreten.")
        % {"office": row.get_office_display()}
    )


def may_admit(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Decide on requests: the speaker, the deputy for them, or a manager."""
    if not (manages(membership) or has_office(person, membership, group, "speaker", "deputy")):
        return refused(_("Über Anfragen entscheiden Sprecherin oder Sprecher, Stellvertretung und Netzwerkleitung."))
    if not group.is_workgroup:
        return refused(_("In diese Gruppe wird nicht aufgenommen."))
    return is_writable(group)


def may_found_subgroup(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Any member of the AG."""
    if not group.is_workgroup:
        return refused(_("Unterarbeitsgruppen entstehen nur in Arbeitsgruppen."))
    if not in_group(person, membership, group):
        return refused(_("Unterarbeitsgruppen gründen die Mitglieder von „%(group)s“.") % {"group": group.title})
    return is_writable(group)


def may_close(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Close a sub-group with its result: its lead, the AG's speaker or a manager."""
    if not group.is_subgroup or group.parent is None:
        return refused(_("Nur Unterarbeitsgruppen werden abgeschlossen. Arbeitsgruppen werden archiviert."))
    if not (
        manages(membership)
        or has_office(person, membership, group, "lead")
        or has_office(person, membership, group.parent, "speaker")
    ):
        return refused(_("Abschließen können die Leitung der Gruppe, die Sprecherin oder der Sprecher der AG."))
    return is_writable(group)


def may_set_offices(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Speaker and deputy: a manager. The lead of a sub-group: a manager, or the lead who hands over."""
    if group.is_concept_group:
        return refused(_("In der Konzeptgruppe gibt es keine Ämter: Sie folgt den Ämtern der Arbeitsgruppen."))
    handing_over = group.is_subgroup and has_office(person, membership, group, "lead")
    if not (manages(membership) or handing_over):
        return refused(_("Ämter vergibt die Netzwerkleitung."))
    return is_writable(group)


def may_found_workgroup(membership: Membership | None) -> Decision:
    if manages(membership):
        return ALLOWED
    return refused(_("Arbeitsgruppen gründet die Netzwerkleitung."))


def may_found_concept_group(membership: Membership | None, *, has_one: bool) -> Decision:
    """``has_one``: the network has a concept group already, open or archived."""
    if not manages(membership):
        return refused(_("Die Konzeptgruppe richtet die Netzwerkleitung ein."))
    if has_one:
        return refused(_("Dieses Netzwerk hat schon eine Konzeptgruppe."))
    return ALLOWED


def may_edit(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Name and descriptions of an AG or of the concept group; the text of its page belongs to the editors."""
    if group.is_subgroup:
        return refused(_("Die Angaben einer Unterarbeitsgruppe stehen mit ihrer Gründung fest."))
    if not manages(membership):
        return refused(_("Die Angaben zur Gruppe ändert die Netzwerkleitung."))
    return is_writable(group)


def may_manage_members(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    """Take members of the network into an AG without a request, and remove them: its speaker or a manager."""
    if group.is_concept_group:
        return refused(_("Die Mitglieder der Konzeptgruppe folgen den Ämtern der Arbeitsgruppen."))
    if group.is_subgroup:
        return refused(_("Unterarbeitsgruppen treten die Mitglieder der Arbeitsgruppe selbst bei."))
    if not (manages(membership) or has_office(person, membership, group, "speaker")):
        return refused(_("Mitglieder verwalten die Sprecherin oder der Sprecher und die Netzwerkleitung."))
    return is_writable(group)


def may_remove(person: Any, membership: Membership | None, group: Workgroup, row: GroupMembership) -> Decision:
    """Remove this member; offices belong to the managers, so a speaker cannot remove who holds one."""
    decision = may_manage_members(person, membership, group)
    if not decision:
        return decision
    if not row.is_active:
        return refused(_("Diese Person ist kein Mitglied der Gruppe mehr."))
    if row.office and not manages(membership):
        if row.person_id == person.pk:
            return refused(_("Sich selbst entfernen Sie nicht. Bitte lassen Sie zuerst Ihr Amt übergeben."))
        return refused(_("Diese Person hat ein Amt. Darüber entscheidet die Netzwerkleitung."))
    return ALLOWED


def may_archive(person: Any, membership: Membership | None, group: Workgroup) -> Decision:
    if not manages(membership):
        return refused(_("Arbeitsgruppen archiviert die Netzwerkleitung."))
    if group.is_subgroup:
        return refused(_("Unterarbeitsgruppen werden mit einem Ergebnis abgeschlossen."))
    return is_writable(group)
