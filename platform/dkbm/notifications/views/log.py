"""For managers: all mails, why somebody got none, and what holds for the mails of the network."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.cms.domain.edits import changers_of
from dkbm.core.views import form_page, number_from
from dkbm.notifications.domain.mail_settings import PART, kept_months, save_mail_settings
from dkbm.notifications.domain.queries.mail_log import MailFilter, found_mails
from dkbm.notifications.domain.tracing import trace as traced
from dkbm.notifications.domain.wishes import default_level
from dkbm.notifications.forms import MailFilterForm, MailSettingsForm, TraceForm
from dkbm.notifications.kinds import label_of
from dkbm.tenancy.context import require_network
from dkbm.tenancy.groups import group_names
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held
from dkbm.tenancy.models import Network

from .doors import managers_only

PER_PAGE = 30


@require_safe
@managers_only
def mail_log(request: NetworkRequest) -> HttpResponseBase:
    """A page at a time, by the id of the last mail: there may be hundreds of thousands."""
    form = MailFilterForm(request.GET, visitor=request.visitor)
    wanted = MailFilter(**form.chosen(), before=number_from(request.GET.get("vor")))
    mails = list(found_mails(wanted)[: PER_PAGE + 1])
    names = group_names(request.visitor, {mail.group for mail in mails})
    shown = [
        {"mail": mail, "label": label_of(mail.kind), "group": names.get(mail.group or 0)} for mail in mails[:PER_PAGE]
    ]
    query = request.GET.copy()
    query["vor"] = str(mails[PER_PAGE - 1].pk) if len(mails) > PER_PAGE else ""
    context = {"form": form, "rows": shown, "older": query.urlencode() if query["vor"] else "", "before": wanted.before}
    return render(request, "notifications/mail_log.html", context)


@require_safe
@managers_only
def trace(request: NetworkRequest) -> HttpResponseBase:
    form = TraceForm(request.GET or None)
    member = form.membership if form.is_valid() else None
    found = traced(membership=member, thing=form.cleaned_data["sache"]) if member else []
    return form_page(request, "notifications/trace.html", form, traces=found, traced=member)


@require_http_methods(["GET", "HEAD", "POST"])
@managers_only
def settings(request: NetworkRequest) -> HttpResponseBase:
    is_sent = request.method == "POST"
    with held(Network.objects.get(pk=require_network().id), when=is_sent) as network:
        present = {"level": default_level(), "months": kept_months()}
        form = MailSettingsForm(
            request.POST if is_sent else None,
            row=network,
            present=present,
            changed_since=partial(changers_of, network, reader=request.user, part=PART),
        )
        if is_sent and form.is_valid():
            save_mail_settings(**form.settings(), visitor=request.visitor)
            messages.success(request, _("Die Einstellungen sind gespeichert."))
            return redirect("mails:settings")
    return form_page(request, "notifications/mail_settings.html", form)
