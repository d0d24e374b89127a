"""The member's own page: what they answered by mail, and what was left out of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dkbm.core.views import Crumb
from dkbm.inbound.domain.queries.incoming import answers_of
from dkbm.inbound.rules import may_read_own_answers
from dkbm.tenancy.http import NetworkRequest

PER_PAGE = 30
View = Callable[..., HttpResponseBase]


def members_only(view: View) -> View:
    """Guests sign in first; whoever may not gets the page that says why."""

    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.visitor.is_guest:
            return redirect_to_login(request.get_full_path())
        if not (decision := may_read_own_answers(request.visitor)):
            raise PermissionDenied(decision.reason)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@members_only
def answer_list(request: NetworkRequest) -> HttpResponseBase:
    """Newest first."""
    page = Paginator(answers_of(request.user), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "inbound/list.html", {"page": page, "crumbs": _crumbs()[:1]})


@require_safe
@members_only
def answer(request: NetworkRequest, incoming_id: int) -> HttpResponseBase:
    row = get_object_or_404(answers_of(request.user), pk=incoming_id)
    return render(request, "inbound/answer.html", {"answer": row, "crumbs": _crumbs()})


def _crumbs() -> list[Crumb]:
    return [
        Crumb(_("Benachrichtigungen"), reverse("notifications:list")),
        Crumb(_("Ihre Antworten per E-Mail"), reverse("inbound:list")),
    ]
