"""Reading the log, in German sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dkbm.tenancy.enums import Role

from .actions import Action, UndeclaredAction, action_of
from .log import OPERATOR, Named
from .models import AuditEntry


@dataclass(frozen=True)
class AuditLine:
    """``reason`` is empty where the sentence says it already."""

    at: datetime
    sentence: str
    reason: str


def entries() -> QuerySet[AuditEntry]:
    """The bound network's log, newest first; people come along."""
    return AuditEntry.objects.select_related("actor", "subject")


def line(entry: AuditEntry) -> AuditLine:
    """The entry as a sentence. Entries outlive the code that wrote them: of a strange one the plain facts are said."""
    try:
        action = action_of(entry.action)
        return AuditLine(entry.at, _sentence(action, entry), "" if action.says_reason else entry.reason)
    except (UndeclaredAction, KeyError):
        return AuditLine(entry.at, _without_words(entry), entry.reason)


def _sentence(action: Action, entry: AuditEntry) -> str:
    """Raises ``KeyError`` when the entry lacks a value that the sentence names."""
    values = {
        **dict.fromkeys(action.optional, ""),
        **{name: _shown(name, value) for name, value in entry.detail.items()},
        "actor": _actor(entry),
        "subject": _name(entry.subject),
        "reason": entry.reason,
    }
    return " ".join((str(action.sentence) % values).split())


def _without_words(entry: AuditEntry) -> str:
    people = [_actor(entry)] if entry.actor or entry.detail.get(OPERATOR) else []
    people += [entry.subject.display_name] if entry.subject else []
    names = f" ({', '.join(people)})" if people else ""
    return _("Für diesen Eintrag gibt es keinen Text mehr: %(action)s") % {"action": entry.action} + names


def _shown(name: str, value: Any) -> Any:
    return f"„{Role(value).label}“" if name == "role" and value in Role.values else value


def _actor(entry: AuditEntry) -> str:
    operator = entry.detail.get(OPERATOR)
    return _("Betrieb (%(name)s)") % {"name": operator} if operator else _name(entry.actor)


def _name(person: Named | None) -> str:
    return person.display_name if person else _("Eine Person, deren Konto es nicht mehr gibt,")
