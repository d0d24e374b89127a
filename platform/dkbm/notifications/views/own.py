"""The member's own page: what they were told."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.core.views import Crumb, form_page
from dkbm.notifications.domain.queries.notifications import bundles_of, notifications_of
from dkbm.notifications.domain.reading import mark_all_read, mark_read
from dkbm.notifications.domain.undeliverable import dead_address, try_own_again
from dkbm.notifications.domain.wishes import save_wishes
from dkbm.notifications.forms import WishesForm
from dkbm.notifications.panels import bell
from dkbm.tenancy.http import NetworkRequest

from .doors import members_only

PER_PAGE = 50


@require_safe
@members_only
def notification_list(request: NetworkRequest) -> HttpResponseBase:
    """Newest first; what is about one thing stands together."""
    own = notifications_of(request.user)
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "bundles": bundles_of(page),
        "unread": own.filter(read__isnull=True).exists(),
        "dead": dead_address(request.user.email),
    }
    return render(request, "notifications/list.html", context)


@require_safe
@members_only
def open_notification(request: NetworkRequest, notification_id: UUID) -> HttpResponseBase:
    """Go to what it is about; whether it may be read today is decided there. From now on it is read."""
    notification = get_object_or_404(notifications_of(request.user), pk=notification_id)
    mark_read(notification)
    return redirect(notification.path)


@require_safe
@never_cache
@members_only
def count(request: NetworkRequest) -> HttpResponseBase:
    """The bell as it stands in the bar of every page, for those that are open."""
    return render(request, "notifications/_bell.html", {"panel": bell(request)})


@require_POST
@members_only
def read_all(request: NetworkRequest) -> HttpResponseBase:
    mark_all_read(person=request.user)
    return redirect("notifications:list")


@require_POST
@members_only
def try_address(request: NetworkRequest) -> HttpResponseBase:
    """The own address takes mails again."""
    try_own_again(person=request.user)
    messages.success(request, _("Wir schreiben Ihnen wieder an Ihre Adresse."))
    return redirect("notifications:list")


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def wishes(request: NetworkRequest) -> HttpResponseBase:
    form = WishesForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        save_wishes(person=request.user, **form.wishes())
        messages.success(request, _("Ihre Einstellungen sind gespeichert."))
        return redirect("notifications:list")
    crumbs = [Crumb(_("Benachrichtigungen"), reverse("notifications:list"))]
    return form_page(request, "notifications/wishes.html", form, crumbs=crumbs)
