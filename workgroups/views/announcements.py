"""Writing to many, with a look at it before; what was written, and that one has read it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from dkbm.accounts.decorators import member_required
from dkbm.core.views import form_page
from dkbm.notifications.selections import offers
from dkbm.tenancy.http import NetworkRequest
from workgroups import rules
from workgroups.domain.announcements import find_people, read_announcement, send_announcement
from workgroups.domain.queries.announcements import preview_of, readable_announcements, rows_of_announcements
from workgroups.forms import AnnouncementForm
from workgroups.models import Announcement, Workgroup

from .doors import asks, group_view

PER_PAGE = 20


@group_view
@asks(rules.may_announce)
def write_to_group(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    return _write(request, group)


@member_required
def write_to_network(request: NetworkRequest) -> HttpResponse:
    decision = rules.may_announce(request.visitor, None)
    if not decision:
        raise PermissionDenied(decision.reason)
    return _write(request, None)


def _write(request: NetworkRequest, group: Workgroup | None) -> HttpResponse:
    """Three steps at one address: writing, looking, sending. What was typed goes along as fields of the form."""
    place = group.pk if group else None
    form = AnnouncementForm(request.POST or None, offers=offers(request.visitor, place), draft=_draft(group))
    if form.goes_back:
        form = form.again()
    elif form.is_valid():
        with form.refusals():
            if form.is_sent:
                return _send(request, group, form)
            found = find_people(group=group, visitor=request.visitor, selection=form.cleaned_data["selection"])
            context = {"form": form, "group": group, "preview": preview_of(group=group, found=found)}
            return render(request, "workgroups/announcement_preview.html", context)
    return form_page(request, "workgroups/announce.html", form, group=group)


def _draft(group: Workgroup | None) -> str:
    return f"rundschreiben-{group.pk if group else 'netz'}"


def _send(request: NetworkRequest, group: Workgroup | None, form: AnnouncementForm) -> HttpResponse:
    sent = send_announcement(group=group, visitor=request.visitor, **form.cleaned_data)
    text = ngettext(
        "Ihr Rundschreiben geht an %(n)s Person.", "Ihr Rundschreiben geht an %(n)s Personen.", sent.people
    ) % {"n": sent.people}
    messages.success(request, text, extra_tags=f"draft:{_draft(group)}")
    return redirect(sent)


@require_safe
@group_view
@asks(rules.may_read)
def of_group(request: NetworkRequest, group: Workgroup) -> HttpResponse:
    """What was written to this group, as far as it was written to the visitor or they look after the group."""
    return _list(request, group)


@require_safe
@member_required
def own_list(request: NetworkRequest) -> HttpResponse:
    """What was written to the visitor, in all groups and in the network; managers see all."""
    return _list(request, None)


def _list(request: NetworkRequest, group: Workgroup | None) -> HttpResponse:
    found = readable_announcements(request.visitor)
    page = Paginator(found.filter(group=group) if group else found, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "group": group,
        "page": page,
        "rows": rows_of_announcements(page, request.visitor),
        "may_announce": rules.may_announce(request.visitor, group),
        "write_url": group.url("announce") if group else "",
    }
    return render(request, "workgroups/announcements.html", context)


@require_safe
@member_required
def read(request: NetworkRequest, announcement_id: int) -> HttpResponse:
    """By opening it, it is read."""
    announcement = _find(request, announcement_id)
    if request.method == "GET" and read_announcement(announcement=announcement, visitor=request.visitor):
        announcement.refresh_from_db(fields=["readers"])
    row = rows_of_announcements([announcement], request.visitor)[0]
    return render(request, "workgroups/announcement.html", {"row": row, "group": announcement.group})


@require_POST
@member_required
def mark_read(request: NetworkRequest, announcement_id: int) -> HttpResponse:
    """From where it is pinned, and back there."""
    announcement = _find(request, announcement_id)
    read_announcement(announcement=announcement, visitor=request.visitor)
    messages.success(request, _("„%(title)s“ ist als gelesen markiert.") % {"title": announcement.subject})
    return redirect(announcement.group or "/")


def _find(request: NetworkRequest, announcement_id: int) -> Announcement:
    """Who may not read it gets the answer for one that is not there. Raises ``Http404``."""
    announcement: Announcement | None = readable_announcements(request.visitor).filter(pk=announcement_id).first()
    if announcement is None:
        raise Http404
    return announcement
