"""The list of participants, for the network's managers and for those who arrange the group's meetings."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dkbm.accounts.decorators import member_required
from dkbm.events.domain.queries.participants import participants_of
from dkbm.events.models import Event
from dkbm.events.participants_csv import write_csv
from dkbm.events.rules import may_manage
from dkbm.tenancy.http import NetworkRequest

from .pages import crumbs, event_or_404


@require_safe
@member_required
def participants(request: NetworkRequest, slug: str) -> HttpResponse:
    event = _managed_event(request, slug)
    people = participants_of(event)
    context = {
        "event": event,
        "registered": [person for person in people if person.registration.is_registered],
        "waiting": [person for person in people if person.registration.is_waiting],
        "crumbs": crumbs(event),
    }
    return render(request, "events/participants.html", context)


@never_cache
@require_safe
@member_required
def participants_file(request: NetworkRequest, slug: str) -> HttpResponse:
    event = _managed_event(request, slug)
    response = HttpResponse(write_csv(participants_of(event)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="teilnahme-{event.slug}.csv"'
    return response


def _managed_event(request: NetworkRequest, slug: str) -> Event:
    """Whoever sees the event but not who comes gets 403 with the reason."""
    event = event_or_404(request, slug)
    decision = may_manage(request.visitor, event)
    if not decision:
        raise PermissionDenied(decision.reason)
    return event
