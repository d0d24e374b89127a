"""Who keeps the glossary."""

from __future__ import annotations

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.visitor import Visitor


def may_edit(visitor: Visitor) -> Decision:
    if visitor.is_editor or visitor.is_manager:
        return ALLOWED
    return refused("Das Glossar bearbeitet die Redaktion.")
