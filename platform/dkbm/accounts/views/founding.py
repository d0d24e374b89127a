"""/betrieb/ founds networks: the order, how it stands, and naming a network on the front door."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.accounts.decorators import operator_required
from dkbm.accounts.domain.founding import order_network, set_listed
from dkbm.accounts.domain.operation import Visit
from dkbm.accounts.errors import ListingRefusal
from dkbm.accounts.forms.founding import FoundingForm
from dkbm.accounts.models import FoundingOrder
from dkbm.accounts.views.operation import inside_network
from dkbm.cms.domain.legal_pages import unfinished_pages
from dkbm.core.views import form_page
from dkbm.tenancy.hosts import base_url
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.models import Network
from dkbm.tenancy.operation import inside

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@operator_required
def found(request: NetworkRequest) -> HttpResponse:
    form = FoundingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            order = order_network(visitor=request.visitor, new=form.new_network())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("operation:order", order_id=order.pk)
    return form_page(request, "operation/found.html", form)


@require_safe
@operator_required
def order(request: NetworkRequest, order_id: int) -> HttpResponse:
    """How it stands; from a founded network one goes on to its first manager. A page that waits asks by HEAD."""
    row = get_object_or_404(FoundingOrder, pk=order_id)
    if row.founded:
        if request.method == "HEAD":
            return HttpResponse()
        messages.success(request, _("„%s“ ist gegründet. Setzen Sie jetzt die Netzwerkleitung ein.") % row.name)
        return redirect("operation:enter", network_id=row.founded)
    return render(request, "operation/order.html", {"order": row}, status=200 if row.done else 202)


@page
@inside_network
def listing(request: NetworkRequest, visit: Visit) -> HttpResponse:
    """Name the network on the front door or not; where legal pages have gaps, after a second question."""
    with inside(visit.network_id) as network:
        unfinished = unfinished_pages()
        listed = Network.objects.get(pk=visit.network_id).listed
    context = {"listed": listed, "unfinished": unfinished, "base": base_url(network), "visit": visit}
    context["entered"] = network
    if request.method != "POST":
        return render(request, "operation/listing.html", context)
    wanted, despite = request.POST.get("listed") == "ja", request.POST.get("trotzdem") == "ja"
    try:
        set_listed(visitor=request.visitor, network_id=visit.network_id, listed=wanted, despite_gaps=despite)
    except ListingRefusal:
        return render(request, "operation/list_despite_gaps.html", context, status=422)
    messages.success(request, _("Der Eingang nennt das Netzwerk.") if wanted else _("Der Eingang nennt es nicht."))
    return redirect("operation:listing", network_id=visit.network_id)
