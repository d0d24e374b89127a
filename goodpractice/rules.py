"""Who may see what of an example; each answer carries its reason."""

from __future__ import annotations

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.visitor import Visitor

from .enums import ItemState, ItemVisibility
from .models import ContactPerson, Transfergegenstand


def may_see_item(visitor: Visitor, item: Transfergegenstand) -> Decision:
    """Guests see what is public, members everything, and editors also what is archived or not yet written."""
    if not item.is_written:
        return ALLOWED if may_edit(visitor) else refused("Das Beispiel wird gerade geschrieben.")
    if item.state == ItemState.ARCHIVED:
        return ALLOWED if may_edit(visitor) else refused("Das Beispiel ist archiviert.")
    if item.visibility == ItemVisibility.PUBLIC or visitor.is_member:
        return ALLOWED
    return refused("Das Beispiel ist für Mitglieder des Netzwerks.")


def may_see_contact(visitor: Visitor, contact: ContactPerson) -> Decision:
    """Name, telephone and mail. Guests see them only of an office's own number and address, and never a name."""
    if visitor.is_member or contact.contact_public:
        return ALLOWED
    return refused("Telefon und E-Mail sehen Mitglieder des Netzwerks.")


def may_edit(visitor: Visitor) -> Decision:
    if visitor.is_editor or visitor.is_manager:
        return ALLOWED
    return refused("Den Katalog bearbeitet die Redaktion.")
