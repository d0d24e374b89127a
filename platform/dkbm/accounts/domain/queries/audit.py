"""The audit log in German sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dkbm.accounts.models import Person
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import AuditEntry

SENTENCES: dict[str, Any] = {
    "membership.admitted": gettext_lazy("%(actor)s hat %(subject)s aufgenommen."),
    "membership.admitted_by_domain": gettext_lazy("%(subject)s wurde aufgenommen (vertraute Domain %(reason)s)."),
    "membership.admitted_by_invitation": gettext_lazy("%(subject)s wurde durch eine Einladung aufgenommen."),
    "membership.refused": gettext_lazy("%(actor)s hat die Anfrage von %(subject)s abgelehnt."),
    "membership.left": gettext_lazy("%(subject)s hat das Netzwerk verlassen."),
    "membership.withdrawn": gettext_lazy("%(subject)s hat die eigene Anfrage zurückgezogen."),
    "role.granted": gettext_lazy("%(actor)s hat %(subject)s die Rolle %(role)s gegeben."),
    "role.revoked": gettext_lazy("%(actor)s hat %(subject)s die Rolle %(role)s entzogen."),
    "role.granted_by_invitation": gettext_lazy("%(subject)s hat durch eine Einladung die Rolle %(role)s bekommen."),
    "domain.trusted": gettext_lazy("%(actor)s hat die Domain %(domain)s als vertraut eingetragen."),
    "domain.distrusted": gettext_lazy("%(actor)s hat die Domain %(domain)s aus den vertrauten gestrichen."),
    "function.added": gettext_lazy("%(actor)s hat die Funktion „%(title)s“ angelegt."),
    "function.renamed": gettext_lazy("%(actor)s hat die Funktion „%(before)s“ in „%(title)s“ umbenannt."),
    "function.merged": gettext_lazy("%(actor)s hat die Funktion „%(before)s“ mit „%(title)s“ zusammengeführt."),
    "function.retired": gettext_lazy("%(actor)s bietet die Funktion „%(title)s“ nicht mehr an."),
    "function.offered": gettext_lazy("%(actor)s bietet die Funktion „%(title)s“ wieder an."),
    "manager.invited": gettext_lazy("%(actor)s hat %(address)s als Netzwerkleitung eingeladen."),
    "person.second_factor_removed": gettext_lazy("Der Betrieb hat %(subject)s die zweite Stufe genommen."),
    "operator.appointed": gettext_lazy("%(subject)s gehört zum Betrieb."),
    "operator.entered": gettext_lazy("%(actor)s hat das Netzwerk %(network)s betreten."),
    "operator.left": gettext_lazy("%(actor)s hat das Netzwerk %(network)s wieder verlassen."),
}
"""Action -> sentence. ``tests/accounts/test_audit_sentences.py`` asserts that every action in the code has one."""


def register_sentences(sentences: dict[str, Any]) -> None:
    """Words for the actions of an app above; ``%(group)s`` and ``%(title)s`` come from the entry's details."""
    SENTENCES.update(sentences)


REASON_IN_SENTENCE = frozenset({"membership.admitted_by_domain"})


@dataclass(frozen=True)
class AuditLine:
    at: datetime
    sentence: str
    reason: str


def entries() -> QuerySet[AuditEntry]:
    """The bound network's log, newest first; people come along."""
    return AuditEntry.objects.select_related("actor", "subject")


def line(entry: AuditEntry) -> AuditLine:
    """The entry as a sentence; an unknown action is shown as it stands."""
    detail: dict[str, Any] = entry.detail
    sentence = SENTENCES.get(entry.action)
    if sentence is None:
        return AuditLine(entry.at, entry.action, entry.reason)
    operator = detail.get("operator")
    role = detail.get("role", "")
    values = {
        "actor": _("Betrieb (%(name)s)") % {"name": operator} if operator else _name(entry.actor),
        "subject": _name(entry.subject),
        "reason": entry.reason,
        "role": f"„{Role(role).label}“" if role in Role.values else role,
        "domain": detail.get("domain", ""),
        "address": detail.get("address", ""),
        "network": detail.get("network", ""),
        "group": detail.get("group", ""),
        "title": detail.get("title", ""),
        "before": detail.get("before", ""),
    }
    text = " ".join((str(sentence) % values).split())
    return AuditLine(entry.at, text, "" if entry.action in REASON_IN_SENTENCE else entry.reason)


def _name(person: Person | None) -> str:
    return person.display_name if person else _("Eine Person, deren Konto es nicht mehr gibt,")
