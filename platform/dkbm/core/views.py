"""What views of every app share: values from an address, the way to a page, a form on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dkbm.core.decisions import Refusal
from dkbm.core.forms import RefusableForm

MOST_DIGITS = 18
"""Every number of that length fits into a ``bigint``."""


@dataclass(frozen=True)
class Crumb:
    """A page above the one that is shown; see ``components/breadcrumbs.html``."""

    label: Any
    url: str


def number_from(text: str | None) -> int:
    """The id or count that an address or a form names; 0, which is no row's id, for nonsense."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 0


def choice_from(kind: Any, text: str | None, default: Any) -> Any:
    """The choice of the enum ``kind`` that an address or a form names; ``default`` for nonsense."""
    return kind(text) if text in kind.values else default


def refused_page(request: HttpRequest, template: str, form: RefusableForm, reason: str, **context: Any) -> HttpResponse:
    """The form with everything that was typed, though it cannot be sent any more, and why; status 403."""
    form.refuse(Refusal(reason))
    return render(request, template, {"form": form, **context}, status=403)


def form_page(request: HttpRequest, template: str, form: Form, **context: Any) -> HttpResponse:
    """The form, with status 422 when something typed into it has to be mended."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
