"""Pages that belong to a row of an app above: what the CMS must not do with them, and what to do instead.

An app registers its page class in ``ready()``. Deleting, moving or copying such a page, or a page above it, is
then refused in every view of the CMS and in its API, with the app's sentence. The home page is guarded too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from dkbm.cms.basepage.models import BasePage

Advice = Callable[[Any], str]
ForAll = Callable[[Any], bool]
SHOWN = 3
"""So many pages are named in a refusal; an area of the tree may hold many."""

REFUSED_ACTIONS = frozenset({"copy", "copy_for_translation", "create_alias", "convert_alias", "delete", "move"})
"""Names of the CMS's single, bulk and API actions that would harm, double or lose a row's page."""

HOME_DEPTH = 2
"""The network's home page lies right below the root; its site cannot do without it."""

_bound: dict[type[BasePage], Advice] = {}
_for_all: dict[type[BasePage], ForAll] = {}


def register_bound_page(page_class: type[BasePage], *, advice: Advice, for_all: ForAll) -> None:
    """Guard the pages of ``page_class``.

    ``for_all(page)``: whether the row lets everybody read its published page, and with it the files that it shows.

    ``advice(page)`` returns a German sentence that says what to do instead, or "" for a page without a row,
    with which editors may do what they like.
    """
    _bound[page_class] = advice
    _for_all[page_class] = for_all


def is_bound(page: BasePage) -> bool:
    """True for pages that belong to a row: the row is what lists and searches show."""
    return isinstance(page, tuple(_bound))


def is_for_all(page: BasePage) -> bool:
    """Of a page that is published and not restricted: whether everybody reads it. Rows say so of theirs."""
    return all(for_all(page) for page_class, for_all in _for_all.items() if isinstance(page, page_class))


def refusals(pages: Iterable[BasePage]) -> list[str]:
    """The sentences against touching these pages; pages below them count too. Empty when nothing is bound."""
    sentences: dict[str, None] = {}
    for page in pages:
        if page.depth <= HOME_DEPTH:
            sentences[_("Die Startseite gehört zum Netzwerk. Sie kann nur bearbeitet werden.")] = None
        for page_class, advice in _bound.items():
            for bound in page_class.objects.descendant_of(page, inclusive=True):
                if sentence := advice(bound):
                    sentences[sentence] = None
    return list(sentences)


def refuse(request: HttpRequest, pages: Iterable[BasePage], back: str) -> HttpResponse | None:
    """Back to ``back`` with the sentences as messages, or ``None`` when nothing speaks against it."""
    sentences = refusals(pages)
    if not sentences:
        return None
    for sentence in sentences[:SHOWN]:
        messages.error(request, sentence)
    if len(sentences) > SHOWN:
        messages.error(request, _("Das gilt für %(count)s weitere Seiten ebenso.") % {"count": len(sentences) - SHOWN})
    return redirect(back)


def explorer_url(page: BasePage) -> str:
    """The list in which the page stands."""
    parent = page.get_parent()
    return reverse("wagtailadmin_explore", args=[parent.pk if parent else page.pk])
