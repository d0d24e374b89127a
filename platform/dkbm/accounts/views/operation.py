"""/betrieb/ on the front door: all networks with numbers, and work inside one that was entered with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.accounts.decorators import operator_required
from dkbm.accounts.domain import operation
from dkbm.accounts.domain.join_links import open_invitations
from dkbm.accounts.domain.operation import Visit
from dkbm.accounts.domain.queries import membership as queries
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.forms.fields import ReasonForm
from dkbm.accounts.forms.managing import AppointForm, RoleForm
from dkbm.audit import sentences
from dkbm.core.views import form_page
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.hosts import network_by_id
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.models import Membership
from dkbm.tenancy.operation import inside

page = require_http_methods(["GET", "HEAD", "POST"])
SESSION_KEY = "visits"
PER_PAGE = 50


def visit_of(request: NetworkRequest, network_id: int) -> Visit | None:
    """The operator's running visit of this network, ``None`` when there is none or its time is up."""
    kept = request.session.get(SESSION_KEY, {}).get(str(network_id))
    if kept is None or (until := datetime.fromisoformat(kept["until"])) < timezone.now():
        return None
    return Visit(network_id, until, kept["reason"])


def _keep(request: NetworkRequest, network_id: int, visit: Visit | None) -> None:
    visits = {**request.session.get(SESSION_KEY, {})}
    visits.pop(str(network_id), None)
    if visit:
        visits[str(network_id)] = {"until": visit.until.isoformat(), "reason": visit.reason}
    request.session[SESSION_KEY] = visits


def inside_network(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only during a visit; without one the reason is asked for."""

    @wraps(view)
    @operator_required
    def guarded(request: NetworkRequest, network_id: int, **kwargs: Any) -> HttpResponseBase:
        visit = visit_of(request, network_id)
        if visit is None:
            return redirect("operation:enter", network_id=network_id)
        return view(request, visit, **kwargs)

    return guarded


@require_safe
@operator_required
def networks(request: NetworkRequest) -> HttpResponse:
    rows = [(numbers, visit_of(request, numbers.network.id)) for numbers in operation.network_numbers()]
    return render(request, "operation/networks.html", {"rows": rows, "orders": queries.waiting_orders()})


@page
@operator_required
def enter(request: NetworkRequest, network_id: int) -> HttpResponse:
    """Say why, then work inside for half an hour."""
    network = network_by_id(network_id)
    if network is None or network.is_platform:
        raise Http404
    hint = _("Steht im Protokoll des Netzwerks; die Netzwerkleitung liest es.")
    form = ReasonForm(request.POST or None, help_text=hint)
    if request.method == "POST" and form.is_valid():
        visit = operation.enter(visitor=request.visitor, network_id=network_id, reason=form.cleaned_data["reason"])
        _keep(request, network_id, visit)
        return redirect("operation:inside", network_id=network_id)
    return form_page(request, "operation/enter.html", form, entered=network)


@require_POST
@inside_network
def leave(request: NetworkRequest, visit: Visit) -> HttpResponse:
    operation.leave_network(visitor=request.visitor, visit=visit)
    _keep(request, visit.network_id, None)
    messages.success(request, _("Sie haben das Netzwerk verlassen."))
    return redirect("operation:networks")


@page
@inside_network
def people(request: NetworkRequest, visit: Visit) -> HttpResponse:
    """Members with their roles, and the form that appoints a manager."""
    form = AppointForm(request.POST or None, help_text=_("Steht im Protokoll des Netzwerks."))
    search = request.GET.get("q", "").strip()[:100]
    with inside(visit.network_id) as network:
        if request.method == "POST" and form.is_valid():
            return _appoint(request, visit, form)
        listed = Paginator(queries.members(search), PER_PAGE).get_page(request.GET.get("seite"))
        rows = queries.member_rows(listed)
        invited = open_invitations()
    context = {"rows": rows, "page": listed, "search": search, "invited": invited, "visit": visit, "entered": network}
    return form_page(request, "operation/people.html", form, **context)


def _appoint(request: NetworkRequest, visit: Visit, form: AppointForm) -> HttpResponse:
    data = form.cleaned_data
    member = operation.appoint_manager(email=data["email"], visitor=request.visitor, reason=data["reason"])
    if member is None:
        text = _("%(email)s bekommt eine E-Mail mit einem Link. Wer ihn öffnet, wird Mitglied und bekommt die Rolle.")
    else:
        text = _("%(email)s gehört jetzt zur Netzwerkleitung.")
    messages.success(request, text % {"email": data["email"]})
    return redirect("operation:inside", network_id=visit.network_id)


@page
@inside_network
def roles(request: NetworkRequest, visit: Visit, membership_id: int) -> HttpResponse:
    form = RoleForm(request.POST or None, help_text=_("Steht im Protokoll und in der E-Mail an die Person."))
    with inside(visit.network_id) as network:
        people = Membership.objects.select_related("person").filter(person__stands_for_function=False)
        member = get_object_or_404(people, pk=membership_id, state=MembershipState.ACTIVE)
        if request.method == "POST" and form.is_valid():
            try:
                form.save(membership=member, visitor=request.visitor)
            except NotAllowed as error:
                form.add_error(None, str(error))
            else:
                return redirect("operation:inside", network_id=visit.network_id)
    held = [str(Role(role).label) for role in member.roles]
    context = {"person": member.person, "held": held, "visit": visit, "entered": network}
    return form_page(request, "operation/roles.html", form, **context)


@require_safe
@inside_network
def network_log(request: NetworkRequest, visit: Visit) -> HttpResponse:
    with inside(visit.network_id) as network:
        listed = Paginator(sentences.entries(), PER_PAGE).get_page(request.GET.get("seite"))
        lines = [sentences.line(entry) for entry in listed]
    return render(request, "operation/log.html", {"lines": lines, "page": listed, "visit": visit, "entered": network})


@require_safe
@operator_required
def log(request: NetworkRequest) -> HttpResponse:
    listed = Paginator(sentences.entries(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "operation/log.html", {"lines": [sentences.line(entry) for entry in listed], "page": listed})
