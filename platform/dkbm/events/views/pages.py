"""Pages for everybody: the list, one event, its calendar file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dkbm.core.views import Crumb
from dkbm.events.domain.calendar import has_calendar, public_file
from dkbm.events.domain.mails import date_line
from dkbm.events.domain.queries.events import coming_events, event_rows, past_events, visible_events, with_counts
from dkbm.events.domain.queries.programme import programme_of
from dkbm.events.domain.registration import open_registration
from dkbm.events.models import Event
from dkbm.events.rules import (
    may_change,
    may_create,
    may_manage,
    may_organise,
    may_publish,
    may_register,
    may_see_link,
    takes_more,
)
from dkbm.tenancy.groups import group_names
from dkbm.tenancy.http import NetworkRequest

PAGE_SIZE = 20


@require_safe
def event_list(request: NetworkRequest) -> HttpResponse:
    events = visible_events(request.visitor)
    page = Paginator(past_events(events), PAGE_SIZE).get_page(request.GET.get("seite"))
    listed = list(coming_events(events))
    rows = event_rows([*listed, *page.object_list], request.visitor)
    coming, past = rows[: len(listed)], rows[len(listed) :]
    context = {
        "coming": coming if page.number == 1 else [],
        "mine": [row for row in coming if row.registration],
        "open": [row for row in coming if row.asks],
        "past": past,
        "page": page,
        "may_create": may_create(request.visitor),
    }
    return render(request, "events/list.html", context)


@require_safe
def event_detail(request: NetworkRequest, slug: str) -> HttpResponse:
    event, visitor = event_or_404(request, slug), request.visitor
    registration = open_registration(event, visitor)
    context = {
        "event": event,
        "date": date_line(event),
        "programme": programme_of(event, registration),
        "registration": registration,
        "open": takes_more(event),
        "may_register": may_register(visitor, event),
        "may_change": registration and may_change(registration),
        "may_manage": may_manage(visitor, event),
        "may_organise": may_organise(visitor, event),
        "may_publish": event.is_draft and may_publish(visitor, event),
        "group": group_names(visitor, [event.group_id]).get(event.group_id or 0),
        "may_see_link": may_see_link(visitor, event, registration),
        "has_calendar": has_calendar(event),
        "crumbs": crumbs(),
    }
    return render(request, "events/detail.html", context)


@never_cache
@require_safe
def event_calendar(request: NetworkRequest, slug: str) -> HttpResponse:
    event, visitor = event_or_404(request, slug), request.visitor
    if not has_calendar(event):
        raise Http404
    registration = open_registration(event, visitor)
    content = public_file(event=event, with_link=bool(may_see_link(visitor, event, registration)))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8; method=PUBLISH")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def event_or_404(request: NetworkRequest, slug: str) -> Event:
    """What the visitor may not see looks like what is not there."""
    events = with_counts(visible_events(request.visitor))
    event = events.select_related("municipality").filter(slug=slug).first()
    if event is None:
        raise Http404
    return event


def crumbs(event: Event | None = None) -> list[Crumb]:
    trail = [Crumb(_("Termine"), reverse("events:list"))]
    return [*trail, Crumb(event.title, event.get_absolute_url())] if event else trail
