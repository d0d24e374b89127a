"""What the mails that come in tell the apps below; filled in once at start."""

from __future__ import annotations

from dkbm.notifications.kinds import register_kinds
from dkbm.privacy.registry import register_column, register_relation

from .domain import mails
from .models import IncomingMail


def register() -> None:
    register_kinds(mails.KINDS)
    register_relation(IncomingMail, "person", on_erasure="delete", export=True)
    register_column(
        "inbound.incomingmail",
        "sender",
        on_erasure="delete",
        note="Absender der E-Mail; geht mit der Zeile der Person.",
    )
