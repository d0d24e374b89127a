"""/verwaltung/: the managers' screens of their own network."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.accounts.decorators import manager_required
from dkbm.accounts.domain import admission, trusted_domains
from dkbm.accounts.domain.queries import membership as queries
from dkbm.accounts.domain.waiting_note import PART, change_waiting_note
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.forms.fields import ReasonForm
from dkbm.accounts.forms.managing import RoleForm, TrustedDomainForm, WaitingNoteForm
from dkbm.accounts.models import TrustedMailDomain
from dkbm.audit import sentences
from dkbm.cms.domain.edits import changers_of
from dkbm.core.typed import hand_back
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from dkbm.tenancy.models import Membership, Network

page = require_http_methods(["GET", "HEAD", "POST"])
PER_PAGE = 50


def management_page(request: NetworkRequest, name: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page below /verwaltung/, with the number of requests that wait."""
    context["waiting"] = queries.count_open_requests() if "waiting" not in context else context["waiting"]
    return render(request, f"management/{name}.html", context, status=status)


@require_safe
@manager_required
def requests(request: NetworkRequest) -> HttpResponse:
    rows = queries.open_requests()
    return management_page(request, "requests", rows=rows, waiting=len(rows))


@require_POST
@manager_required
def admit(request: NetworkRequest, membership_id: int) -> HttpResponse:
    applicant = get_object_or_404(queries.applicants(), pk=membership_id)
    if admission.admit(membership=applicant, visitor=request.visitor):
        messages.success(request, _("%(name)s ist aufgenommen.") % {"name": applicant.person.display_name})
        return redirect("management:requests")
    return _decided_already(request)


@page
@manager_required
def refuse(request: NetworkRequest, membership_id: int) -> HttpResponse:
    applicant = get_object_or_404(queries.applicants(), pk=membership_id)
    if not applicant.is_waiting:
        return _decided_already(request)
    form = ReasonForm(request.POST or None, help_text=_("Die Person bekommt diesen Text per E-Mail."))
    if request.method != "POST" or not form.is_valid():
        return management_page(request, "refuse", 422 if form.errors else 200, form=form, person=applicant.person)
    reason = form.cleaned_data["reason"]
    if not admission.refuse(membership=applicant, visitor=request.visitor, reason=reason):
        return _decided_already(request)
    messages.success(request, _("Die Anfrage von %(name)s ist abgelehnt.") % {"name": applicant.person.display_name})
    return redirect("management:requests")


def _decided_already(request: NetworkRequest) -> HttpResponse:
    """All managers get the mail, so two of them may decide; or the person was faster."""
    messages.info(request, _("Darüber wurde gerade entschieden, oder die Anfrage wurde zurückgezogen."))
    hand_back(request)
    return redirect("management:requests")


@require_safe
@manager_required
def members(request: NetworkRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:100]
    listed = Paginator(queries.members(search), PER_PAGE).get_page(request.GET.get("seite"))
    rows = queries.member_rows(listed)
    return management_page(request, "members", rows=rows, page=listed, search=search)


@page
@manager_required
def roles(request: NetworkRequest, membership_id: int) -> HttpResponse:
    member = get_object_or_404(_of_people(), pk=membership_id, state=MembershipState.ACTIVE)
    form = RoleForm(request.POST or None, help_text=_("Steht im Protokoll und in der E-Mail an die Person."))
    if request.method == "POST" and form.is_valid():
        try:
            form.save(membership=member, visitor=request.visitor)
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Rollen sind geändert."))
            return redirect("management:members")
    held = [str(Role(role).label) for role in member.roles]
    return management_page(request, "roles", 422 if form.errors else 200, form=form, person=member.person, held=held)


@page
@manager_required
def waiting_note(request: NetworkRequest) -> HttpResponse:
    """What people read while their request waits."""
    row = Network.objects.get(pk=require_network().id)
    with held(row, when=request.method == "POST") as network:
        form = WaitingNoteForm(
            request.POST or None,
            row=network,
            present={"note": network.waiting_note},
            changed_since=partial(changers_of, network, reader=request.user, part=PART),
        )
        if request.method == "POST" and form.is_valid():
            change_waiting_note(note=form.cleaned_data["note"], visitor=request.visitor)
            messages.success(request, _("Der Hinweis ist gespeichert."))
            return redirect("management:requests")
    return management_page(request, "waiting_note", 422 if form.errors else 200, form=form)


@page
@manager_required
def domains(request: NetworkRequest) -> HttpResponse:
    form = TrustedDomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            trusted_domains.trust_domain(domain=form.cleaned_data["domain"], visitor=request.visitor)
        except ValidationError as error:
            form.add_error("domain", error.messages)
        else:
            messages.success(request, _("Wer eine Adresse dieser Domain bestätigt, wird sofort aufgenommen."))
            return redirect("management:domains")
    entries = TrustedMailDomain.objects.all()
    return management_page(request, "domains", 422 if form.errors else 200, form=form, entries=entries)


@require_POST
@manager_required
def remove_domain(request: NetworkRequest, domain_id: int) -> HttpResponse:
    entry = get_object_or_404(TrustedMailDomain.objects, pk=domain_id)
    trusted_domains.distrust_domain(entry=entry, visitor=request.visitor)
    messages.success(request, _("Die Domain ist gestrichen."))
    return redirect("management:domains")


@require_safe
@manager_required
def log(request: NetworkRequest) -> HttpResponse:
    listed = Paginator(sentences.entries(), PER_PAGE).get_page(request.GET.get("seite"))
    return management_page(request, "log", lines=[sentences.line(entry) for entry in listed], page=listed)


def _of_people() -> Any:
    return Membership.objects.select_related("person").filter(person__stands_for_function=False)
