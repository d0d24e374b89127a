"""What managers do with an AG: found it, archive it; and changing what a group says about itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dkbm.accounts.decorators import member_required
from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.cms.domain.edits import changers_of
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from workgroups import rules
from workgroups.domain import editing, founding
from workgroups.domain.ending import archive_workgroup
from workgroups.domain.functions import choices_for
from workgroups.domain.queries.groups import candidates
from workgroups.errors import GroupRefusal
from workgroups.forms import ArchiveForm, EditSubgroupForm, FoundWorkgroupForm, WorkgroupForm
from workgroups.models import Workgroup

from .doors import asks, group_view


@member_required
def found_workgroup(request: NetworkRequest) -> HttpResponse:
    decision = rules.may_found_workgroup(request.visitor)
    if not decision:
        raise PermissionDenied(decision.reason)
    people = candidates()
    cards = profiles_for(people.order_by().values_list("pk", flat=True))
    form = FoundWorkgroupForm(request.POST or None, people=people, cards=cards, functions=choices_for([]))
    if form.is_valid():
        with form.refusals():
            group = founding.found_workgroup(visitor=request.visitor, **form.cleaned_data)
            messages.success(request, _("„%(group)s“ ist gegründet.") % {"group": group.title})
            return redirect("workgroups:members", slug=group.slug)
    return form_page(request, "workgroups/found_workgroup.html", form)


@require_POST
@member_required
def found_concept_group(request: NetworkRequest) -> HttpResponse:
    try:
        group = founding.found_concept_group(visitor=request.visitor)
    except GroupRefusal as refusal:
        messages.error(request, refusal.reason)
        return redirect("workgroups:list")
    messages.success(
        request, _("Die Konzeptgruppe ist eingerichtet. Ihr gehören alle an, die in einer AG ein Amt haben.")
    )
    return redirect(group.get_absolute_url())


@group_view
@asks(rules.may_edit)
def edit(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    with held(group, "page", "parent", when=request.method == "POST") as group:
        form = _edit_form(request, group)
        if form.is_valid():
            with form.refusals():
                save = editing.edit_subgroup if group.is_subgroup else editing.edit_workgroup
                save(group=group, visitor=request.visitor, **form.cleaned_data)
                messages.success(request, _("Die Angaben sind gespeichert."))
                return redirect(group.get_absolute_url())
        return form_page(request, "workgroups/edit.html", form, group=group)


def _edit_form(request: NetworkRequest, group: Workgroup) -> WorkgroupForm | EditSubgroupForm:
    given: dict[str, Any] = {"row": group, "changed_since": partial(changers_of, group, reader=request.user)}
    if group.is_subgroup:
        return EditSubgroupForm(request.POST or None, present=_present(EditSubgroupForm, group), **given)
    form = WorkgroupForm(
        request.POST or None,
        present=_present(WorkgroupForm, group),
        functions=choices_for(group.member_functions),
        **given,
    )
    if group.is_concept_group:
        del form.fields["number"], form.fields["member_functions"]
    return form


def _present(form: type[WorkgroupForm | EditSubgroupForm], group: Workgroup) -> dict[str, Any]:
    return {name: getattr(group, name) for name in form.base_fields}


@group_view
@asks(rules.may_archive)
def archive(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    with held(group, "page", "parent", when=request.method == "POST") as group:
        form = ArchiveForm(
            request.POST if request.method == "POST" else None, row=group, present={"result": group.result}
        )
        if request.method == "POST" and form.is_valid():
            with form.refusals():
                archive_workgroup(group=group, visitor=request.visitor, **form.cleaned_data)
                messages.success(request, _("„%(group)s“ ist archiviert.") % {"group": group.title})
                return redirect(group.get_absolute_url())
        return form_page(request, "workgroups/archive.html", form, group=group)
