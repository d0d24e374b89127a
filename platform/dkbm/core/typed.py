"""What somebody has typed is handed back when the page cannot take it any more: the right ended, the thing is gone.

A form that can be shown again keeps its texts by itself. Where it cannot (no access, nothing at this address, signed
out meanwhile), the texts stand on the page that says so, to be copied. They come from the request alone, so nothing
of what was refused is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from dkbm.core.forms import RefusableForm
from dkbm.core.whole_rows import WholeRowForm

TAG = "typed:"
"""Of a message that is such a text; its label follows."""


def hand_back(request: HttpRequest) -> None:
    """Let the next page show what was typed into the form that this request sent."""
    if request.method != "POST":
        return
    labels = _labels()
    for name, text in request.POST.items():
        label = labels.get(name.rpartition("-")[2])
        if label is not None and isinstance(text, str) and text.strip():
            messages.info(request, text, extra_tags=f"{TAG}{label}")


class HandBackMiddleware:
    """Hands back what was sent to a page that is closed or gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, PermissionDenied | Http404):
            hand_back(request)


def _labels() -> dict[str, str]:
    """Fields in which people write, of all forms of the apps. No password and nothing hidden is among them."""
    return {
        name: str(field.label)
        for form in {*_below(RefusableForm), *_below(WholeRowForm)}
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea | forms.TextInput)
        if not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
    }


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
