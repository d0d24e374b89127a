"""Joining, withdrawing, leaving; for AGs and sub-groups alike."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dkbm.cms.domain.edits import changers_of
from dkbm.core.views import form_page
from dkbm.notifications.domain.wishes import default_level, set_group_wish, wishes_of
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from workgroups import rules
from workgroups.domain import joining, members
from workgroups.domain.mail_texts import set_mails_link_only
from workgroups.forms import GroupMailsForm, JoinForm, MailTextsForm
from workgroups.models import Workgroup

from .doors import asks, group_view


@group_view
@asks(rules.may_join)
def join(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Ask for a group, with a message if one likes; a sub-group comes with its AG, whose members are in at once."""
    at_once = group.is_subgroup and rules.in_group(request.visitor, group.ag)
    sent = request.POST if request.method == "POST" else None
    form = JoinForm(sent, at_once=at_once, usual=default_level())
    if form.is_valid():
        with form.refusals():
            return _join(request, group, form, at_once=at_once)
    with_ag = group.ag.title if group.is_subgroup and not at_once else ""
    return form_page(request, "workgroups/join.html", form, group=group, with_ag=with_ag, at_once=at_once)


def _join(request: NetworkRequest, group: Workgroup, form: JoinForm, *, at_once: bool) -> HttpResponse:
    message = form.cleaned_data.get("message", "")
    if group.is_subgroup:
        joining.join_subgroup(group=group, visitor=request.visitor, message=message, mails=form.level)
    else:
        joining.request_to_join(workgroup=group, visitor=request.visitor, message=message, mails=form.level)
    if at_once:
        messages.success(request, _("Sie sind jetzt Mitglied von „%(group)s“.") % {"group": group.name})
        return redirect(group)
    messages.success(request, _("Ihre Anfrage ist abgeschickt. Sie erhalten eine E-Mail, sobald entschieden ist."))
    return redirect(group.ag)


@group_view
@asks(rules.may_set_mails)
def mails(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """How one is told of what happens in the group."""
    chosen = wishes_of(request.user).groups.get(group.pk, "")
    form = GroupMailsForm(
        request.POST if request.method == "POST" else None,
        usual=default_level(),
        present={"mails": chosen},
        row=request.visitor.membership,
    )
    if form.is_valid():
        set_group_wish(group=group.pk, person=request.user, level=form.level)
        messages.success(request, _("Ihre Einstellungen sind gespeichert."))
        return redirect(group)
    texts = {"may_set_texts": rules.may_set_mail_texts(request.visitor, group), "texts_url": group.url("mail-texts")}
    return form_page(request, "workgroups/mails.html", form, group=group, **texts)


@group_view
@asks(rules.may_set_mail_texts)
def mail_texts(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """What mails say of what is written in the group, for all its members."""
    with held(group, "page", "parent", when=request.method == "POST") as group:
        form = MailTextsForm(
            request.POST if request.method == "POST" else None,
            present={"mails_link_only": group.mails_link_only},
            row=group,
            changed_since=partial(changers_of, group, reader=request.user),
        )
        if form.is_valid():
            wanted = form.cleaned_data["mails_link_only"]
            set_mails_link_only(group=group, visitor=request.visitor, wanted=wanted)
            messages.success(request, _("Die Angaben sind gespeichert."))
            return redirect(group)
        return form_page(request, "workgroups/mail_texts.html", form, group=group)


@group_view
@asks(rules.may_leave)
def leave(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """Asks before; an office that is still here by now ends with the membership, see ``rules.may_leave``."""
    if request.method == "POST":
        members.leave_group(workgroup=group, visitor=request.visitor)
        messages.success(request, _("Sie sind aus „%(group)s“ ausgetreten.") % {"group": group.title})
        return redirect(group.ag)
    row = rules.row_in(request.visitor, group)
    office = row.get_office_display() if row and row.office else ""
    return render(request, "workgroups/leave.html", {"group": group, "office": office})


@require_POST
@group_view
def withdraw(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    joining.withdraw_request(workgroup=group, visitor=request.visitor)
    messages.success(request, _("Ihre Anfrage ist zurückgezogen."))
    return redirect(group.get_absolute_url())
