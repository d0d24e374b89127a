"""A person's own page /konto/: where the request stands, profile, leaving."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.accounts import signup_choices
from dkbm.accounts.decorators import login_required
from dkbm.accounts.domain.admission import leave
from dkbm.accounts.domain.confirmation import confirm_own_request
from dkbm.accounts.domain.profiles import save_profile
from dkbm.accounts.domain.queries.membership import face_with, latest_request, profile_of
from dkbm.accounts.domain.waiting_note import waiting_note
from dkbm.accounts.forms.joining import ProfileForm
from dkbm.accounts.models import Person
from dkbm.accounts.places import ACCOUNT
from dkbm.accounts.rules import may_leave
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from dkbm.tenancy.models import Membership

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_required
def home(request: NetworkRequest) -> HttpResponse:
    request_ = latest_request(_own_membership(request))
    profile = profile_of(request.user)
    context = {
        "profile": profile,
        "face": face_with(profile, request.user),
        "admission": request_,
        "waiting_note": waiting_note() if request.visitor.is_waiting else "",
        "choice": signup_choices.label_of(request_.choice) if request_ else "",
        "panels": ACCOUNT.panels(request) if request.visitor.is_member else [],
        "second_factor": is_mfa_enabled(request.user, [Authenticator.Type.TOTP]),
    }
    return render(request, "accounts/home.html", context)


@require_POST
@login_required
def confirm_request(request: NetworkRequest) -> HttpResponse:
    """For somebody who is signed in while the request still waits for a link that cannot be used any more."""
    membership = confirm_own_request(request.user)
    if membership is not None and membership.is_waiting:
        messages.success(request, _("Ihre Anfrage ist bestätigt. Sie bekommen eine E-Mail, sobald entschieden ist."))
    return redirect("accounts:home")


@page
@login_required
def profile(request: NetworkRequest) -> HttpResponse:
    with held(request.user, when=request.method == "POST") as person:
        form = ProfileForm(request.POST or None, row=person, present=_present(person))
        if request.method == "POST" and form.is_valid():
            save_profile(person=person, **form.cleaned_data)
            messages.success(request, _("Ihre Angaben sind gespeichert."))
            return redirect("accounts:home")
        return form_page(request, "accounts/profile.html", form)


def _present(person: Person) -> dict[str, Any]:
    kept = profile_of(person)
    return {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "function": kept.function.slug if kept else "",
        "municipality": str(kept.municipality_id or "") if kept else "",
        "phone": kept.phone if kept else "",
        "about": kept.about if kept else "",
    }


@page
@login_required
def leave_network(request: NetworkRequest) -> HttpResponse:
    membership = _own_membership(request)
    if request.method == "POST" and (decision := may_leave(membership)):
        waited = membership.is_waiting
        leave(membership=membership)
        logout(request)
        messages.success(request, _("Ihre Anfrage ist zurückgezogen.") if waited else _("Sie sind ausgetreten."))
        return redirect("/")
    decision = may_leave(membership)
    return render(request, "accounts/leave.html", {"decision": decision}, status=200 if decision else 403)


def _own_membership(request: NetworkRequest) -> Membership:
    """There is one behind ``login_required``: the backend signs nobody else in."""
    membership = request.visitor.membership
    if membership is None:
        raise PermissionDenied
    return membership


@require_safe
@login_required
def operator_home(request: NetworkRequest) -> HttpResponse:
    """/konto/ on the front door."""
    second_factor = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    return render(request, "accounts/operator_home.html", {"second_factor": second_factor})
