"""Stored notes of mail servers, and what becomes of each."""

from __future__ import annotations

from dkbm.inbound.enums import Outcome
from dkbm.notifications.enums import MailState

BOUNCES = {
    "rueck-postfix-unbekannt": (Outcome.BOUNCE, MailState.BOUNCED, "User unknown"),
    "rueck-exchange-unbekannt": (Outcome.BOUNCE, MailState.BOUNCED, "Recipient not found"),
    "rueck-voll": (Outcome.BOUNCE, MailState.BOUNCED, "Mailbox full"),
    "rueck-verzoegert": (Outcome.BOUNCE, MailState.SENT, "Connection timed out"),
    "rueck-aufgegeben": (Outcome.BOUNCE, MailState.BOUNCED, "Connection timed out"),
    "rueck-abwesend": (Outcome.UNKNOWN, MailState.SENT, ""),
    "rueck-gefaelscht": (None, MailState.SENT, ""),
}
"""Note -> what becomes of it, state of the mail that it names, words of its error; ``None``: it is not even kept."""
