"""What managers do with an AG: found it, change what it says about itself, archive it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from dkbm.accounts.decorators import member_required
from dkbm.accounts.domain.queries.people import profiles_for
from workgroups import rules
from workgroups.domain import founding
from workgroups.domain.groups import archive_workgroup
from workgroups.domain.queries.groups import candidates
from workgroups.errors import GroupRefusal
from workgroups.forms import ArchiveForm, FoundWorkgroupForm, WorkgroupForm
from workgroups.models import Workgroup

from .doors import MemberRequest, group_view, refusal_page


@member_required
def found_workgroup(request: MemberRequest) -> HttpResponse:
    decision = rules.may_found_workgroup(request.membership)
    if not decision:
        raise PermissionDenied(decision.reason)
    people = candidates()
    cards = profiles_for(people.order_by().values_list("pk", flat=True))
    form = FoundWorkgroupForm(request.POST or None, people=people, cards=cards)
    if request.method == "POST" and form.is_valid():
        try:
            group = founding.found_workgroup(person=request.user, membership=request.membership, **form.cleaned_data)
        except GroupRefusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("„%(group)s“ ist gegründet.") % {"group": group.title})
            return redirect("workgroups:members", slug=group.slug)
    return render(request, "workgroups/found_workgroup.html", {"form": form}, status=422 if form.errors else 200)


@group_view
def edit(request: MemberRequest, group: Workgroup) -> HttpResponse:
    decision = rules.may_edit(request.user, request.membership, group)
    if not decision:
        return refusal_page(request, group, decision)
    form = WorkgroupForm(
        request.POST or None, initial={name: getattr(group, name) for name in WorkgroupForm.base_fields}
    )
    if group.is_concept_group:
        del form.fields["number"]
    if request.method == "POST" and form.is_valid():
        try:
            founding.edit_workgroup(
                group=group, person=request.user, membership=request.membership, **form.cleaned_data
            )
        except GroupRefusal as refusal:
            form.add_refusal(refusal)
        else:
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect(group.get_absolute_url())
    context = {"group": group, "form": form}
    return render(request, "workgroups/edit.html", context, status=422 if form.errors else 200)


@group_view
def archive(request: MemberRequest, group: Workgroup) -> HttpResponse:
    decision = rules.may_archive(request.user, request.membership, group)
    if not decision:
        return refusal_page(request, group, decision)
    form = ArchiveForm(request.POST if request.method == "POST" else None, initial={"result": group.result})
    if request.method == "POST" and form.is_valid():
        archive_workgroup(group=group, person=request.user, membership=request.membership, **form.cleaned_data)
        messages.success(request, _("„%(group)s“ ist archiviert.") % {"group": group.title})
        return redirect(group.get_absolute_url())
    context = {"group": group, "form": form}
    return render(request, "workgroups/archive.html", context, status=422 if form.errors else 200)
