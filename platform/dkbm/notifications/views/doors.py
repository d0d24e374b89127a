"""Who is let in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase

from dkbm.core.decisions import Decision
from dkbm.notifications.rules import may_manage_mails, may_read_notifications
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor

View = Callable[..., HttpResponseBase]


def members_only(view: View) -> View:
    return _door(may_read_notifications, view)


def managers_only(view: View) -> View:
    return _door(may_manage_mails, view)


def _door(rule: Callable[[Visitor], Decision], view: View) -> View:
    """Guests sign in first; whoever may not gets the page that says why."""

    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.visitor.is_guest:
            return redirect_to_login(request.get_full_path())
        decision = rule(request.visitor)
        if not decision:
            raise PermissionDenied(decision.reason)
        return view(request, *args, **kwargs)

    return guarded
