"""/betrieb/betreiber/: who runs the installation, for footer, imprint and privacy text of the front door."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dkbm.accounts.decorators import operator_required
from dkbm.accounts.domain.provider import change_provider
from dkbm.accounts.forms.provider import ProviderForm
from dkbm.cms.domain.edits import changers_of
from dkbm.cms.domain.provider import provider_row
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held


@require_http_methods(["GET", "HEAD", "POST"])
@operator_required
def edit(request: NetworkRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    with held(provider_row(make=is_sent), when=is_sent) as row:
        form = ProviderForm(
            request.POST or None,
            present={name: getattr(row, name) for name in ProviderForm.base_fields},
            changed_since=partial(changers_of, row, reader=request.user),
        )
        if is_sent and form.is_valid():
            change_provider(details=form.details(), visitor=request.visitor)
            messages.success(request, _("Gespeichert. So steht es jetzt auf dem Eingang."))
            return redirect("front_door_imprint")
    return form_page(request, "operation/provider.html", form)
