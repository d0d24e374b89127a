"""The page behind the link of a mail: why it came, and what one can switch there without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dkbm.notifications.domain.switch_links import read_switch
from dkbm.notifications.domain.switching import Why, stop, why_of
from dkbm.notifications.forms import SWITCHES, switch_forms
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.signed_links import LinkUnusable

ONE_CLICK = ("List-Unsubscribe", "One-Click")


@csrf_exempt  # mail programs post without cookies (RFC 8058); the link itself says who may
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def why(request: NetworkRequest, switch: str) -> HttpResponseBase:
    """Reading changes nothing: scanners of mail servers open every link."""
    try:
        found = why_of(read_switch(switch))
    except LinkUnusable:
        return render(request, "notifications/why_unusable.html", status=410)
    if found is None:
        return render(request, "notifications/why_gone.html")
    if request.method != "POST":
        return _page(request, found)
    if request.POST.get(ONE_CLICK[0]) == ONE_CLICK[1] or request.POST.get("was") == "stop":
        return render(request, "notifications/why_stopped.html", {"why": found, "is_done": stop(found)})
    return _switch(request, found)


def _switch(request: NetworkRequest, found: Why) -> HttpResponseBase:
    form_type = SWITCHES.get(request.POST.get("was", ""))
    form = form_type(request.POST, why=found) if form_type else None
    if form is None or not form.is_valid():
        return _page(request, found, sent=form, status=422)
    if form.save():
        messages.success(request, _("Ihre Einstellung ist gespeichert."))
    else:
        messages.warning(request, _("Das lässt sich hier nicht mehr einstellen."))
    return redirect(request.path)


def _page(request: NetworkRequest, found: Why, sent: object = None, status: int = 200) -> HttpResponseBase:
    context = {"why": found, "forms": switch_forms(found, sent)}
    return render(request, "notifications/why.html", context, status=status)
