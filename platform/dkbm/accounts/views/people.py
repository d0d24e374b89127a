"""A member as other members see them, and writing to them."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.accounts.decorators import member_required
from dkbm.accounts.domain.messages import can_write_to, write_to
from dkbm.accounts.domain.queries.membership import face_with, member_with, profile_of
from dkbm.accounts.forms.messages import MessageForm
from dkbm.accounts.places import PERSON, PERSON_ASIDE
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.models import Membership


@require_safe
@member_required
def person(request: NetworkRequest, person_id: UUID) -> HttpResponse:
    found = _member_or_404(person_id)
    profile = profile_of(found.person)
    context = {
        "person": found.person,
        "face": face_with(profile, found.person),
        "since": found.since,
        "profile": profile,
        "is_me": found.person == request.user,
        "can_write": can_write_to(request.visitor, found),
        "panels": PERSON.panels(request, found.person),
        "side_panels": PERSON_ASIDE.panels(request, found.person),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def write(request: NetworkRequest, person_id: UUID) -> HttpResponse:
    """A mail to this member; the sender never sees an address."""
    to = _member_or_404(person_id)
    draft = f"nachricht-{person_id}"
    form = MessageForm(request.POST or None, sender=request.user, draft=draft)
    if request.method != "POST" and not (decision := can_write_to(request.visitor, to)):
        raise PermissionDenied(decision.reason)
    if request.method == "POST" and form.is_valid() and _send(request, to, form):
        name = to.person.display_name
        messages.success(request, _("Ihre Nachricht an %s ist abgeschickt.") % name, extra_tags=f"draft:{draft}")
        return redirect("accounts:person", person_id)
    return form_page(request, "accounts/write.html", form, person=to.person)


def _send(request: NetworkRequest, to: Membership, form: MessageForm) -> bool:
    """False with the reason in the form, where what was typed stays."""
    if not ratelimit.consume(request, action="member_message", key=str(request.user.pk)):
        form.add_error(None, _("Sie haben in kurzer Zeit viele Nachrichten geschrieben. Bitte warten Sie eine Stunde."))
        return False
    with form.refusals():
        write_to(visitor=request.visitor, person=to.person, **form.cleaned_data)
    return form.is_valid()


def _member_or_404(person_id: UUID) -> Membership:
    found = member_with(person_id)
    if found is None:
        raise Http404
    return found
