"""Doors of views: whoever is not a member, manager or operator gets a page that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import render

from dkbm.core.typed import hand_back
from dkbm.tenancy.http import NetworkRequest

View = Callable[..., HttpResponseBase]


def _to_sign_in(request: NetworkRequest) -> HttpResponseBase:
    """What somebody sent who was signed out meanwhile stands beside the form for signing in."""
    hand_back(request)
    return redirect_to_login(request.get_full_path())


def login_required(view: View) -> View:
    """Whoever belongs to the bound network in any state that may sign in; guests are asked to."""

    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.visitor.is_guest:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def member_required(view: View) -> View:
    """Active members; guests sign in, whoever waits sees where the request stands (status 403)."""

    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.visitor.is_guest:
            return _to_sign_in(request)
        if not request.visitor.is_member:
            hand_back(request)
            return render(request, "cms/not_admitted.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def manager_required(view: View) -> View:
    """Managers of the bound network; other members get 403, guests sign in."""
    return _role_required(view, "is_manager")


def operator_required(view: View) -> View:
    """Operators on the front door."""
    return _role_required(view, "is_operator")


def _role_required(view: View, right: str) -> View:
    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.visitor.is_guest:
            return _to_sign_in(request)
        if not getattr(request.visitor, right):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
