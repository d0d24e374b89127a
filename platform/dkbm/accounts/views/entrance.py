"""Signing up, verifying an address, joining with a mailed link."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.accounts.adapter import SAYS_IT
from dkbm.accounts.domain import confirmation, join_links
from dkbm.accounts.domain.signup import sign_up
from dkbm.accounts.domain.waiting_note import waiting_note
from dkbm.accounts.enums import TERMS_VERSION
from dkbm.accounts.forms.joining import ConfirmForm, JoinForm, JoinWithPasswordForm, SignupForm
from dkbm.cms.frame import areas
from dkbm.core.figures import figure_in_words
from dkbm.core.views import form_page
from dkbm.tenancy.context import require_network
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.models import Membership
from dkbm.tenancy.signed_links import LinkUnusable

page = require_http_methods(["GET", "HEAD", "POST"])
SIGNED_UP, SENT_TO, GOAL = "signed_up", "sent_to", "after_sign_in"
"""Keys of the session: proof of the sign-up in this browser, the address that was typed, and what was to be read."""


class SignIn(LoginView):
    """allauth's, which also says what for, where somebody was sent here from a page."""

    def dispatch(self, request: NetworkRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.session.pop(SENT_TO, None)  # what allauth mails from here may go to another address
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        goal = self.get_next_url() or ""
        known = [] if require_network().is_platform else areas(goal)
        area = next((area.label for area in known if area.current and area.url != "/"), "")
        return {
            **super().get_context_data(**kwargs),
            "goal": goal,
            "area": area,
            "sent_here": goal and "von" not in self.request.GET,
        }


sign_in = SignIn.as_view()


@page
@never_cache
@sensitive_post_parameters("password1")
@rate_limit(action="signup")
def signup(request: NetworkRequest) -> HttpResponseBase:
    """Ask for an account. The answer is the same whether the address is known or not."""
    if request.user.is_authenticated:
        return redirect("accounts:home")
    form = SignupForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return form_page(request, "accounts/signup.html", form, waiting_note=waiting_note())
    application = form.application()
    too_many = ratelimit.consume_or_429(request, action="signup_address", key=f"{application.email} {get_ip(request)}")
    if too_many:
        return too_many
    request.session[SIGNED_UP], request.session[SENT_TO] = sign_up(application), application.email
    _remember_goal(request)
    return redirect("account_email_verification_sent")


@page
@never_cache
@sensitive_post_parameters("password1")
def confirm_address(request: NetworkRequest, key: str) -> HttpResponseBase:
    """The link of the confirmation mail; the button keeps mail scanners from using it up."""
    opener = confirmation.Opener(request.user.pk, request.session.get(SIGNED_UP, ""))
    try:
        address = confirmation.address_for(key)
        asks = confirmation.needs_password(address, opener)
        data = request.POST if request.method == "POST" else None
        form = ConfirmForm(data, person=address.user, asks_password=asks)
        if request.method != "POST" or not form.is_valid():
            return form_page(request, "accounts/confirm_address.html", form, address=address)
        membership = confirmation.confirm(key, opener=opener, password=form.cleaned_data.get("password1", ""))
    except LinkUnusable as error:
        return render(request, "accounts/link_unusable.html", {"why": error.why, "kind": "confirm"}, status=410)
    request.session.pop(SIGNED_UP, None)
    if membership is not None and not request.user.is_authenticated:
        return _sign_in(request, membership)
    messages.success(request, _welcome(membership))
    return redirect("accounts:home") if request.user.is_authenticated else _to_sign_in(request)


@page
@never_cache
@sensitive_post_parameters("password1")
@rate_limit(action="reset_password_from_key")
def join(request: NetworkRequest, token: str) -> HttpResponseBase:
    """The link for people with an account elsewhere, and for invited people."""
    try:
        link = join_links.link_for(token)
        form_class = JoinWithPasswordForm if join_links.needs_password(link) else JoinForm
        form = form_class(request.POST or None, link=link)
        if request.method != "POST" or not form.is_valid():
            return form_page(request, "accounts/join.html", form, link=link)
        membership = join_links.accept(token, form.joining())
    except LinkUnusable as error:
        return render(request, "accounts/link_unusable.html", {"why": error.why, "kind": "join"}, status=410)
    if not request.user.is_authenticated and _has_typed(form, membership):
        return _sign_in(request, membership)
    messages.success(request, _welcome(membership))
    return _to_sign_in(request)


def _has_typed(form: JoinForm, membership: Membership) -> bool:
    """Whether the account's password was typed here just now; whoever has one from elsewhere is asked for it, since
    a link may be handed on."""
    password = form.cleaned_data.get("password1", "")
    return bool(password) and membership.person.check_password(password)


def _remember_goal(request: NetworkRequest) -> None:
    """What somebody wanted to read when they were asked to join: kept until they are in."""
    goal = request.GET.get(REDIRECT_FIELD_NAME, "")
    if goal and get_adapter(request).is_safe_url(goal):
        request.session[GOAL] = goal


def _to_sign_in(request: NetworkRequest) -> HttpResponse:
    goal = request.session.get(GOAL)
    return redirect(f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: goal})}" if goal else "account_login")


def _sign_in(request: NetworkRequest, membership: Membership) -> HttpResponseBase:
    """The browser in which the password was typed, and the mailbox: nothing is left to ask, but a second factor."""
    goal = request.session.pop(GOAL, "") or ("/" if membership.is_active else reverse("accounts:home"))
    messages.success(
        request,
        _("Ihre Adresse ist bestätigt, und Sie sind aufgenommen.")
        if membership.is_active
        else _("Ihre Adresse ist bestätigt. Sie bekommen eine E-Mail, sobald entschieden ist."),
    )
    setattr(request, SAYS_IT, True)
    answer: HttpResponseBase = perform_login(request, membership.person, redirect_url=goal)
    return answer


def _welcome(membership: Membership | None) -> str:
    if membership is not None and membership.is_active:
        return _("Ihre Adresse ist bestätigt, und Sie sind aufgenommen. Loggen Sie sich jetzt ein.")
    return _("Ihre Adresse ist bestätigt. Loggen Sie sich ein, um zu sehen, wie weit Ihre Anfrage ist.")


@require_safe
def terms(request: NetworkRequest) -> HttpResponse:
    return render(request, "accounts/terms.html", {"version": figure_in_words(TERMS_VERSION)})


def not_on_the_front_door(request: NetworkRequest, **kwargs: Any) -> HttpResponse:
    """Nobody signs up as an operator."""
    raise Http404
