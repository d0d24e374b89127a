"""Organisers: make, change, publish, call off and discard events."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dkbm.accounts.decorators import member_required
from dkbm.cms.domain.edits import changers_of
from dkbm.core.decisions import Decision
from dkbm.core.typed import hand_back
from dkbm.core.views import form_page, number_from, refused_page
from dkbm.events import rules
from dkbm.events.domain import editing
from dkbm.events.domain.mails import date_line
from dkbm.events.errors import EventRefused
from dkbm.events.forms.editing import CallOffForm, EventPage
from dkbm.events.models import Event
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held

from .pages import crumbs, event_or_404

MORE = "mehr"
"""Name of the button that adds a line."""


def organisers_only(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Members who arrange nothing get 403 with the reason, guests sign in. Whether it is theirs, each view asks."""

    @member_required
    @wraps(view)
    def guarded(request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _insist(rules.may_arrange(request.visitor))
        return view(request, *args, **kwargs)

    return guarded


def _insist(decision: Decision) -> None:
    if not decision:
        raise PermissionDenied(decision.reason)


@member_required
def create(request: NetworkRequest) -> HttpResponse:
    decision = rules.may_create(request.visitor)
    if not decision:
        return _refused(request, decision)
    page = _page(request)
    if _sent(request) and page.is_valid():
        event = _save(request, page, editing.create_event, slug=page.form.cleaned_data.get("slug", ""))
        if event:
            messages.success(request, _("Der Entwurf ist gespeichert. Veröffentlichen Sie ihn, wenn alles stimmt."))
            return redirect(event)
    return _form(request, page, event=None)


@member_required
def edit(request: NetworkRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    decision = rules.may_arrange(request.visitor) and rules.may_change_event(request.visitor, event)
    if not decision:
        return _refused(request, decision, event)
    with held(event, when=_sent(request)) as event:
        page = _page(request, event)
        if _sent(request) and page.is_valid() and _save(request, page, editing.edit_event, event=event):
            messages.success(request, _("Der Termin ist gespeichert."))
            return redirect(event)
        return _form(request, page, event=event)


def _refused(request: NetworkRequest, decision: Decision, event: Event | None = None) -> HttpResponse:
    """Whoever has typed something gets it back in the form; others 403, or the event with the reason."""
    if request.method != "POST":
        if event is not None and rules.may_arrange(request.visitor):
            return _not_now(request, event, decision)
        raise PermissionDenied(decision.reason)
    page = EventPage(request.POST, visitor=request.visitor, event=event, refused=True)
    context = {"page": page, "event": event, "crumbs": crumbs(event)}
    return refused_page(request, "events/edit.html", page.form, decision.reason, **context)


def _not_now(request: NetworkRequest, event: Event, why: Decision | EventRefused) -> HttpResponse:
    """Back to the event, with the reason."""
    messages.warning(request, why.reason)
    return redirect(event)


def _sent(request: NetworkRequest) -> bool:
    return request.method == "POST" and MORE not in request.POST


def _page(request: NetworkRequest, event: Event | None = None) -> EventPage:
    data = request.POST if request.method == "POST" else None
    group_id = number_from(request.GET.get("gruppe")) or None
    changed = partial(changers_of, event, reader=request.user) if event else None
    more = MORE in request.POST
    return EventPage(data, visitor=request.visitor, event=event, group_id=group_id, more=more, changed_since=changed)


def _save(request: NetworkRequest, page: EventPage, write: Callable[..., Event], **given: Any) -> Event | None:
    """``None`` when refused; the sentence stands by its field then."""
    visitor = request.visitor
    try:
        return write(data=page.form.data_for_domain(), items=page.rows(), visitor=visitor, **given)
    except EventRefused as refusal:
        page.add_refusal(refusal)
        return None


def _form(request: NetworkRequest, page: EventPage, *, event: Event | None) -> HttpResponse:
    context = {"page": page, "form": page.form, "event": event, "crumbs": crumbs(event)}
    return render(request, "events/edit.html", context, status=422 if page.has_errors else 200)


@require_POST
@organisers_only
def publish(request: NetworkRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    try:
        editing.publish_event(event=event, visitor=request.visitor)
    except EventRefused as refusal:
        return _not_now(request, event, refusal)
    messages.success(
        request,
        _("Der Termin ist veröffentlicht. Die Mitglieder der Gruppe erfahren es per E-Mail.")
        if event.tells_its_group
        else _("Der Termin ist veröffentlicht."),
    )
    return redirect(event)


@organisers_only
def call_off(request: NetworkRequest, slug: str) -> HttpResponse:
    event, visitor = event_or_404(request, slug), request.visitor
    decision = rules.may_call_off(visitor, event)
    if not decision:
        hand_back(request)
        return _not_now(request, event, decision)
    form = CallOffForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            editing.call_off_event(event=event, visitor=visitor, **form.cleaned_data)
            messages.success(request, _("Die Veranstaltung ist abgesagt. Alle Angemeldeten erhalten eine E-Mail."))
            return redirect(event)
    context = {"event": event, "date": date_line(event), "crumbs": crumbs(event)}
    return form_page(request, "events/call_off.html", form, **context)


@organisers_only
def discard(request: NetworkRequest, slug: str) -> HttpResponse:
    event, visitor = event_or_404(request, slug), request.visitor
    decision = rules.may_discard(visitor, event)
    if not decision:
        return _not_now(request, event, decision)
    if request.method == "POST":
        editing.discard_event(event=event, visitor=visitor)
        messages.success(request, _("Der Entwurf ist gelöscht."))
        return redirect("events:list")
    return render(request, "events/discard.html", {"event": event, "crumbs": crumbs(event)})
