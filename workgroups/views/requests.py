"""Requests to join: seen and decided by speaker, deputy or manager."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from workgroups import rules
from workgroups.domain.joining import admit_to_group, refuse_to_group
from workgroups.domain.queries.overview import open_requests
from workgroups.forms import RefuseForm
from workgroups.models import GroupMembership, Workgroup

from .doors import asks, group_view


@group_view
@asks(rules.may_admit)
def request_list(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    return render(request, "workgroups/requests.html", {"group": group, "requests": open_requests(group)})


@require_POST
@group_view
@asks(rules.may_admit)
def admit(request: NetworkRequest, group: Workgroup, pk: int) -> HttpResponse:
    row = admit_to_group(row=_row(group, pk), visitor=request.visitor)
    messages.success(
        request,
        _("%(name)s gehört jetzt zu „%(group)s“ und erhält eine E-Mail.")
        % {"name": row.person.display_name, "group": group.title},
    )
    return redirect("workgroups:requests", slug=group.slug)


@group_view
@asks(rules.may_admit)
def refuse(request: NetworkRequest, group: Workgroup, pk: int) -> HttpResponse:
    row, form = _row(group, pk), RefuseForm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            refuse_to_group(row=row, visitor=request.visitor, **form.cleaned_data)
            messages.success(request, _("Die Anfrage ist abgelehnt, die Person erhält eine E-Mail mit dem Grund."))
            return redirect("workgroups:requests", slug=group.slug)
    return form_page(request, "workgroups/refuse.html", form, group=group, row=row)


def _row(group: Workgroup, pk: int) -> GroupMembership:
    row = group.memberships.select_related("person").filter(pk=pk).first()
    if row is None:
        raise Http404
    row.workgroup = group
    return row
