"""Addresses that answer the manager's crafted form without writing a row. The list only shrinks."""

from __future__ import annotations

NEVER_WRITING: frozenset[str] = frozenset()
