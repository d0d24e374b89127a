"""Registering, changing and cancelling, signed in or by the link of the mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dkbm.accounts.decorators import member_required
from dkbm.accounts.models import Profile
from dkbm.core.decisions import Decision
from dkbm.core.views import form_page, refused_page
from dkbm.events.domain.cancellation_links import registration_of_link
from dkbm.events.domain.mails import date_line
from dkbm.events.domain.registration import cancel, change_registration, open_registration, register
from dkbm.events.errors import RegistrationRefused, WorkshopFull
from dkbm.events.forms.registering import RegistrationForm
from dkbm.events.models import Event, Registration
from dkbm.events.rules import is_full, may_cancel, may_change, may_register, takes_more
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held

from .pages import crumbs, event_or_404

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@member_required
def register_for_event(request: NetworkRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    registration = open_registration(event, request.visitor)
    visitor = request.visitor
    decision = may_change(registration) if registration else may_register(visitor, event) and takes_more(event)
    if not decision:
        return _not_now(request, event, registration, decision)
    with held(event, when=request.method == "POST"):
        registration = open_registration(event, visitor) if request.method == "POST" else registration
        form = _form(request, event, registration)
        if request.method == "POST" and form.is_valid():
            saved = _save(request, event, registration, form)
            if saved:
                messages.success(request, _confirmation(saved, changed=registration is not None))
                return redirect(event)
            form = _form(request, event, registration, again=form)
    context = {"event": event, "date": date_line(event), "registration": registration, "crumbs": crumbs(event)}
    return form_page(request, "events/register.html", form, **context)


def _not_now(
    request: NetworkRequest, event: Event, registration: Registration | None, decision: Decision
) -> HttpResponse:
    """Whoever has typed something reads the reason above it."""
    if request.method != "POST":
        messages.warning(request, decision.reason)
        return redirect(event)
    context = {"event": event, "date": date_line(event), "registration": registration, "crumbs": crumbs(event)}
    form = _form(request, event, registration)
    return refused_page(request, "events/register.html", form, decision.reason, **context)


def _form(
    request: NetworkRequest, event: Event, registration: Registration | None, again: RegistrationForm | None = None
) -> RegistrationForm:
    """``again``: the form that failed while saving; everything typed stays, the seats are counted anew."""
    form = RegistrationForm(
        request.POST if request.method == "POST" else None,
        event=event,
        profile=Profile.objects.select_related("function", "municipality")
        .filter(person=request.visitor.person_id)
        .first(),
        registration=registration,
        wishes=registration.is_waiting if registration else is_full(event),
    )
    for field, errors in (again.errors if again else {}).items():
        for error in errors:
            if error not in form.errors.get(field, []):
                form.add_error(None if field == "__all__" else field, error)
    return form


def _save(
    request: NetworkRequest, event: Event, registration: Registration | None, form: RegistrationForm
) -> Registration | None:
    """The written row; on refusal the sentence stands by its field of ``form``."""
    try:
        if registration:
            return change_registration(registration=registration, answers=form.answers())
        return register(
            event=event,
            visitor=request.visitor,
            answers=form.answers(),
        )
    except WorkshopFull as error:
        form.add_error(form.key_of_slot(error.slot), error.reason)
    except RegistrationRefused as error:
        form.refuse(error)
    return None


def _confirmation(registration: Registration, *, changed: bool) -> str:
    if changed:
        return _("Ihre Änderungen sind gespeichert.")
    if registration.is_waiting:
        return _(
            "Alle Plätze sind vergeben. Sie stehen auf der Warteliste und bekommen eine E-Mail, sobald Sie nachrücken."
        )
    return _("Sie sind angemeldet. Die Bestätigung kommt per E-Mail, mit Kalendereintrag und Link zum Abmelden.")


@require_http_methods(FORM_METHODS)
@member_required
def cancel_registration(request: NetworkRequest, slug: str) -> HttpResponse:
    event = event_or_404(request, slug)
    registration = open_registration(event, request.visitor)
    if registration is None:
        messages.info(request, _("Sie sind für diese Veranstaltung nicht angemeldet."))
        return redirect(event)
    return _cancel(request, registration)


@never_cache
@require_http_methods(FORM_METHODS)
def cancel_by_link(request: NetworkRequest, signed: str) -> HttpResponse:
    """The link of the mail; asks first, because mail scanners open links."""
    registration = registration_of_link(signed)
    if registration is None:
        context = {"reason": _("Dieser Link ist unvollständig oder gehört nicht zu diesem Netzwerk.")}
        return render(request, "events/link_gone.html", context, status=404)
    return _cancel(request, registration, by_link=True)


def _cancel(request: NetworkRequest, registration: Registration, *, by_link: bool = False) -> HttpResponse:
    decision = may_cancel(registration)
    if decision and request.method == "POST":
        try:
            cancel(registration=registration)
        except RegistrationRefused as error:
            return _gone(request, registration, error.reason)
        messages.success(request, _("Sie sind abgemeldet. Danke, dass Sie den Platz freigeben."))
        return redirect(request.path if by_link else registration.event)
    if not decision:
        return _gone(request, registration, decision.reason)
    context = {"event": registration.event, "date": date_line(registration.event), "by_link": by_link}
    return render(request, "events/cancel.html", context)


def _gone(request: NetworkRequest, registration: Registration, reason: str) -> HttpResponse:
    """A used link is no error of the person: 200 with the sentence (and nothing else happens)."""
    return render(request, "events/link_gone.html", {"reason": reason, "event": registration.event})
