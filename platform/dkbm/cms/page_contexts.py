"""Registry of what page types show beside their own fields: the queries stand above the models of their app."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PageContext = Callable[[Any, Any], dict[str, Any]]

_contexts: dict[type, PageContext] = {}


def register_page_context(page_type: type, context: PageContext) -> None:
    """``context(page, request)`` is added to the template context of pages of exactly this type."""
    _contexts[page_type] = context


def page_context(page: Any, request: Any) -> dict[str, Any]:
    """What was registered for the page's type, else nothing."""
    context = _contexts.get(type(page))
    return context(page, request) if context else {}
