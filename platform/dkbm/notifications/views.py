"""The manager's list of mails that could not be delivered."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dkbm.tenancy.http import NetworkRequest

from .domain.delivery import NotAllowed, send_again
from .domain.queries.mails import failed_mails, waiting_count
from .kinds import label_of
from .models import Mail
from .rules import may_manage_mails

PER_PAGE = 20


def _refuse(request: NetworkRequest) -> HttpResponseBase | None:
    """Guests sign in first; members without the right get the page that says so."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    decision = may_manage_mails(request.visitor)
    if not decision:
        raise PermissionDenied(decision.reason)
    return None


@require_GET
def failed_list(request: NetworkRequest) -> HttpResponseBase:
    if refusal := _refuse(request):
        return refusal
    page = Paginator(failed_mails(), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [{"mail": mail, "label": label_of(mail.kind)} for mail in page]
    context = {"page": page, "rows": rows, "waiting": waiting_count()}
    return render(request, "notifications/failed_list.html", context)


@require_POST
def repeat(request: NetworkRequest, mail_id: int) -> HttpResponseBase:
    if refusal := _refuse(request):
        return refusal
    mail = get_object_or_404(Mail, pk=mail_id)
    try:
        send_again(mail=mail, visitor=request.visitor)
    except NotAllowed as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Die E-Mail an %(address)s wird erneut versandt.") % {"address": mail.address})
    return redirect("notifications:failed")
