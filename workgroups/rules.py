"""Who may do what in a group. Every rule answers with its reason.

``group``: a :class:`workgroups.models.Workgroup`. What the visitor is in the groups of the network is read once a
request (:func:`rows_of`); whoever locks or changes a group lets the visitor forget it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.visitor import Visitor

from .models import GroupMembership, Workgroup

Rows = dict[int, GroupMembership]
ROWS = "workgroups.rows"
_ROWS = KeptQuery(lambda: GroupMembership.objects.filter(person_id__any=Given("people")))


def rows_of(visitor: Visitor) -> Rows:
    """The visitor's rows in all groups of the network, whatever their state, by group: one query a request."""
    if visitor.person_id is None:
        return {}
    return visitor.remembered(ROWS, lambda: _read([visitor])[0])


def row_in(visitor: Visitor, group: Workgroup) -> GroupMembership | None:
    """The visitor's row in this group, whatever its state."""
    return rows_of(visitor).get(group.pk)


def remember_groups_of(visitors: Iterable[Visitor]) -> None:
    """For many at once, such as the readers of a post: one query for the rows of all."""
    visitors = list(visitors)
    for visitor, rows in zip(visitors, _read(visitors), strict=True):
        visitor.remembered(ROWS, partial(dict, rows))


def _read(visitors: list[Visitor]) -> list[Rows]:
    found: dict[object, Rows] = {visitor.person_id: {} for visitor in visitors}
    for row in _ROWS.all(people=list(found)):
        found[row.person_id][row.workgroup_id] = row
    return [found[visitor.person_id] for visitor in visitors]


def in_group(visitor: Visitor, group: Workgroup) -> bool:
    """Active member of the group and of the network. Managers belong to the concept group by their role."""
    if not visitor.is_member:
        return False
    if group.is_concept_group and visitor.is_manager:
        return True
    row = row_in(visitor, group)
    return bool(row and row.is_active)


def has_office(visitor: Visitor, group: Workgroup, *offices: str) -> bool:
    if not visitor.is_member:
        return False
    row = row_in(visitor, group)
    return bool(row and row.is_active and row.office in offices)


def may_read(visitor: Visitor, group: Workgroup) -> Decision:
    """Members list, forum, documents of the group itself."""
    if not visitor.is_member:
        return refused(_("Das sehen nur Mitglieder des Netzwerks."))
    if visitor.is_manager or in_group(visitor, group):
        return ALLOWED
    return refused(_("Das sehen nur die Mitglieder von „%(group)s“.") % {"group": group.title})


def may_see_subgroup(visitor: Visitor, group: Workgroup) -> Decision:
    """Page of a sub-group: its own members, and every member of the AG around it."""
    if may_read(visitor, group):
        return ALLOWED
    if group.parent is not None and in_group(visitor, group.parent):
        return ALLOWED
    if not visitor.is_member:
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


def may_write(visitor: Visitor, group: Workgroup) -> Decision:
    """Write in the group's forum. The agency takes part in every group: it moderates them."""
    readable = may_read(visitor, group)
    return is_writable(group) if readable else readable


def may_join(visitor: Visitor, group: Workgroup) -> Decision:
    """Request an AG, or join a sub-group. A sub-group may be asked for from outside, together with its AG."""
    if not visitor.is_member:
        return refused(_("Gruppen stehen den Mitgliedern des Netzwerks offen."))
    if group.is_concept_group:
        return refused(
            _(
                "Der Konzeptgruppe gehören die Sprecherinnen, Sprecher und Stellvertretungen an, "
                "dazu Mitglieder, die die Netzwerkleitung beruft."
            )
        )
    writable = is_writable(group)
    if not writable:
        return writable
    row = row_in(visitor, group)
    if row and row.is_active:
        return refused(_("Sie sind bereits Mitglied."))
    if row and row.is_requested:
        return refused(_("Ihre Anfrage ist eingegangen. Sie erhalten eine E-Mail, sobald entschieden ist."))
    return ALLOWED


def may_set_mails(visitor: Visitor, group: Workgroup) -> Decision:
    """How one is told of what happens in a group: whoever may read it."""
    if may_read(visitor, group):
        return ALLOWED
    return refused(_("Sie sind kein Mitglied dieser Gruppe."))


def may_set_mail_texts(visitor: Visitor, group: Workgroup) -> Decision:
    """Whether mails say what was written in the group, or lead there alone: those in office, and managers."""
    if not in_charge(visitor, group):
        return refused(_("Darüber entscheiden Sprecherin oder Sprecher, Stellvertretung und die Leitung der Gruppe."))
    return is_writable(group)


def may_leave(visitor: Visitor, group: Workgroup) -> Decision:
    """Whoever has an office hands it over before, as long as somebody can take it; in a finished group it just ends."""
    row = row_in(visitor, group) if visitor.is_member else None
    if not row or not row.is_active:
        return refused(_("Sie sind kein Mitglied dieser Gruppe."))
    if group.is_concept_group:
        return refused(
            _(
                "In der Konzeptgruppe sind Sie wegen Ihres Amtes, oder weil die Netzwerkleitung Sie "
                "berufen hat. Austreten können Sie hier nicht."
            )
        )
    if not row.office or not is_writable(group):
        return ALLOWED
    if row.office == "lead":
        return refused(_("Sie leiten diese Gruppe. Bitte übergeben Sie die Leitung, bevor Sie austreten."))
    return refused(
        _("Sie haben in dieser Gruppe das Amt „%(office)s“. Bitte übergeben Sie es, bevor Sie austreten.")
        % {"office": row.get_office_display()}
    )


def may_admit(visitor: Visitor, group: Workgroup) -> Decision:
    """Decide on requests: the speaker, the deputy for them, or a manager."""
    if not (visitor.is_manager or has_office(visitor, group, "speaker", "deputy")):
        return refused(_("Über Anfragen entscheiden Sprecherin oder Sprecher, Stellvertretung und Netzwerkleitung."))
    if not group.is_workgroup:
        return refused(_("In diese Gruppe kann niemand aufgenommen werden."))
    return is_writable(group)


def may_found_subgroup(visitor: Visitor, group: Workgroup) -> Decision:
    """Any member of the AG."""
    if not group.is_workgroup:
        return refused(_("Unterarbeitsgruppen entstehen nur in Arbeitsgruppen."))
    if not in_group(visitor, group):
        return refused(
            _("Unterarbeitsgruppen können nur die Mitglieder von „%(group)s“ gründen.") % {"group": group.title}
        )
    return is_writable(group)


def leads(visitor: Visitor, group: Workgroup) -> bool:
    """Looks after the sub-group: its lead, or a manager."""
    return visitor.is_manager or has_office(visitor, group, "lead")


def may_close(visitor: Visitor, group: Workgroup) -> Decision:
    """Close a sub-group with its result: its lead, the AG's speaker or a manager."""
    if not group.is_subgroup or group.parent is None:
        return refused(_("Nur Unterarbeitsgruppen werden abgeschlossen. Arbeitsgruppen werden archiviert."))
    if not (leads(visitor, group) or has_office(visitor, group.parent, "speaker")):
        return refused(_("Abschließen können die Gruppe nur ihre Leitung und die Sprecherin oder der Sprecher der AG."))
    return is_writable(group)


def may_invite(visitor: Visitor, group: Workgroup) -> Decision:
    """Ask members of the AG into a sub-group: its lead or a manager. They join by themselves."""
    if not group.is_subgroup:
        return refused(_("Einladen kann man nur in Unterarbeitsgruppen."))
    if not leads(visitor, group):
        return refused(_("Einladen kann nur die Leitung der Gruppe."))
    return is_writable(group)


def may_set_offices(visitor: Visitor, group: Workgroup) -> Decision:
    """Speaker and deputy: a manager. The lead of a sub-group: a manager, or the lead who hands over."""
    if group.is_concept_group:
        return refused(
            _("Die Konzeptgruppe hat keine eigenen Ämter. Ihr gehört an, wer in einer Arbeitsgruppe ein Amt hat.")
        )
    if not (leads(visitor, group) if group.is_subgroup else visitor.is_manager):
        return refused(_("Ämter kann nur die Netzwerkleitung vergeben."))
    return is_writable(group)


def may_found_workgroup(visitor: Visitor) -> Decision:
    if visitor.is_manager:
        return ALLOWED
    return refused(_("Arbeitsgruppen kann nur die Netzwerkleitung gründen."))


def may_found_concept_group(visitor: Visitor, *, has_one: bool) -> Decision:
    """``has_one``: the network has a concept group already, open or archived."""
    if not visitor.is_manager:
        return refused(_("Die Konzeptgruppe kann nur die Netzwerkleitung einrichten."))
    if has_one:
        return refused(_("Dieses Netzwerk hat schon eine Konzeptgruppe."))
    return ALLOWED


def may_edit(visitor: Visitor, group: Workgroup) -> Decision:
    """What a group says about itself: of a sub-group its lead, of the others a manager, and the text of their page
    belongs to the editors."""
    if group.is_subgroup and not leads(visitor, group):
        return refused(_("Die Angaben zur Gruppe kann nur ihre Leitung ändern."))
    if not group.is_subgroup and not visitor.is_manager:
        return refused(_("Die Angaben zur Gruppe kann nur die Netzwerkleitung ändern."))
    return is_writable(group)


def may_manage_members(visitor: Visitor, group: Workgroup) -> Decision:
    """Take members of the network into an AG without a request, and remove them: its speaker or a manager."""
    if group.is_concept_group:
        return refused(_("Wer zur Konzeptgruppe gehört, richtet sich nach den Ämtern in den Arbeitsgruppen."))
    if group.is_subgroup:
        return refused(_("Unterarbeitsgruppen treten die Mitglieder der Arbeitsgruppe selbst bei."))
    if not (visitor.is_manager or has_office(visitor, group, "speaker")):
        return refused(_("Mitglieder verwalten können nur die Sprecherin oder der Sprecher und die Netzwerkleitung."))
    return is_writable(group)


def may_remove(visitor: Visitor, group: Workgroup, row: GroupMembership) -> Decision:
    """Remove this member; offices belong to the managers, so a speaker cannot remove who holds one."""
    decision = may_manage_members(visitor, group)
    if not decision:
        return decision
    if not row.is_active:
        return refused(_("Diese Person ist kein Mitglied der Gruppe mehr."))
    if row.office and not visitor.is_manager:
        if row.person_id == visitor.person_id:
            return refused(
                _(
                    "Sich selbst können Sie nicht entfernen. Bitten Sie die Netzwerkleitung, zuerst Ihr Amt "
                    "neu zu besetzen."
                )
            )
        return refused(_("Diese Person hat ein Amt. Darüber entscheidet die Netzwerkleitung."))
    return ALLOWED


def in_charge(visitor: Visitor, group: Workgroup) -> Decision:
    """Look after the group's meetings: speaker and deputy of an AG, the lead of a sub-group, managers in every group.

    What a closed group has arranged still has to be held or called off.
    """
    if visitor.is_manager or has_office(visitor, group, "speaker", "deputy", "lead"):
        return ALLOWED
    return refused(
        _("Termine einer Gruppe legen Sprecherin oder Sprecher, Stellvertretung und die Leitung der Gruppe an.")
    )


def may_organise(visitor: Visitor, group: Workgroup) -> Decision:
    """Arrange new meetings of the group. Editors enter the meetings of AGs and of the concept group, as all dates."""
    decision = ALLOWED if visitor.is_editor and not group.is_subgroup else in_charge(visitor, group)
    return is_writable(group) if decision else decision


def may_announce(visitor: Visitor, group: Workgroup | None) -> Decision:
    """Write to all or some of a group: whoever looks after it. To those of the network (``None``): managers."""
    if group is None:
        return ALLOWED if visitor.is_manager else refused(_("An das Netzwerk schreiben kann nur die Netzwerkleitung."))
    if not in_charge(visitor, group):
        return refused(
            _(
                "An die Gruppe schreiben können nur Sprecherin oder Sprecher, Stellvertretung, die Leitung der Gruppe "
                "und die Netzwerkleitung."
            )
        )
    return is_writable(group)


def may_archive(visitor: Visitor, group: Workgroup) -> Decision:
    if not visitor.is_manager:
        return refused(_("Arbeitsgruppen kann nur die Netzwerkleitung archivieren."))
    if group.is_subgroup:
        return refused(_("Unterarbeitsgruppen werden mit einem Ergebnis abgeschlossen."))
    return is_writable(group)
