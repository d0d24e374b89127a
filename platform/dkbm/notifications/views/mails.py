"""The manager's list of mails that could not be delivered."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dkbm.core.addresses import readable_address
from dkbm.notifications.domain.delivery import NotAllowed, send_again
from dkbm.notifications.domain.queries.mails import dead_addresses, failed_mails, waiting_count
from dkbm.notifications.domain.undeliverable import try_again
from dkbm.notifications.kinds import label_of
from dkbm.notifications.models import DeadAddress, Mail
from dkbm.tenancy.http import NetworkRequest

from .doors import managers_only

PER_PAGE = 20


@require_GET
@managers_only
def failed_list(request: NetworkRequest) -> HttpResponseBase:
    page = Paginator(failed_mails(), PER_PAGE).get_page(request.GET.get("seite"))
    rows = [{"mail": mail, "label": label_of(mail.kind)} for mail in page]
    context = {"page": page, "rows": rows, "waiting": waiting_count(), "dead": dead_addresses()}
    return render(request, "notifications/failed_list.html", context)


@require_POST
@managers_only
def repeat(request: NetworkRequest, mail_id: int) -> HttpResponseBase:
    mail = get_object_or_404(Mail, pk=mail_id)
    try:
        send_again(mail=mail, visitor=request.visitor)
    except NotAllowed as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, _("Die E-Mail an %(address)s wird erneut versandt.") % {"address": mail.address})
    return redirect("mails:failed")


@require_POST
@managers_only
def try_address(request: NetworkRequest, address_id: int) -> HttpResponseBase:
    """Mails leave for an address again from which several came back."""
    row = get_object_or_404(DeadAddress, pk=address_id)
    try_again(address=row.address)
    messages.success(
        request,
        _("An %(address)s wird wieder versandt.") % {"address": readable_address(row.address)},
    )
    return redirect("mails:failed")
