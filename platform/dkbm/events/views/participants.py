"""The list of participants, for the network's managers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dkbm.accounts.decorators import manager_required
from dkbm.events.domain.queries.participants import participants_of
from dkbm.events.participants_csv import write_csv
from dkbm.tenancy.http import NetworkRequest

from .pages import crumbs, event_or_404


@require_safe
@manager_required
def participants(request: NetworkRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
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
@manager_required
def participants_file(request: NetworkRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    response = HttpResponse(write_csv(participants_of(event)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="teilnahme-{event.slug}.csv"'
    return response
