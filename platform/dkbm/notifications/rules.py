"""Who may see what they were told; who may see and repeat mails."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.visitor import Visitor

from .enums import MailState
from .models import Mail


def may_read_notifications(visitor: Visitor) -> Decision:
    """Members their own; whoever waits for admission is told by mail alone."""
    if visitor.is_member:
        return ALLOWED
    return refused(_("Benachrichtigungen bekommen die Mitglieder des Netzwerks."))


def may_manage_mails(visitor: Visitor) -> Decision:
    if visitor.is_manager:
        return ALLOWED
    return refused(_("Die E-Mails des Netzwerks sieht nur die Netzwerkleitung."))


def may_send_again(visitor: Visitor, mail: Mail) -> Decision:
    decision = may_manage_mails(visitor)
    if not decision:
        return decision
    if mail.state not in {MailState.FAILED, MailState.BOUNCED}:
        return refused(_("Diese E-Mail ist schon wieder unterwegs."))
    if not mail.path:
        return refused(_("Der Text dieser E-Mail ist inzwischen gelöscht worden."))
    return ALLOWED
