"""A person's own picture: put there and cut, and sent to whoever may see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.accounts.decorators import login_required
from dkbm.accounts.domain.portraits import remove_portrait, save_portrait
from dkbm.accounts.domain.queries.people import face_of
from dkbm.accounts.domain.queries.portraits import own_portrait, own_source, portrait_bytes
from dkbm.accounts.forms.portraits import PortraitForm
from dkbm.core.square_pictures import CONTENT_TYPE
from dkbm.core.uploads import sent_files
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.locking import held

KEPT_BY_BROWSERS = 3600


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: NetworkRequest) -> HttpResponse:
    """Saved with a new picture the page comes again, so that its cut can be chosen."""
    with held(request.user, when=request.method == "POST") as person:
        portrait = own_portrait(person.pk)
        form = PortraitForm(request.POST or None, sent_files(request), row=person, portrait=portrait)
        if request.method == "POST" and form.is_valid():
            save_portrait(person=person, **form.values())
            messages.success(request, form.done)
            return redirect("accounts:edit_portrait" if form.has_new_picture else "accounts:home")
        face = face_of(person.initials, portrait.key if portrait else "")
        return form_page(request, "accounts/portrait.html", form, portrait=portrait, face=face)


@require_POST
@login_required
def remove(request: NetworkRequest) -> HttpResponse:
    if remove_portrait(request.user.pk):
        messages.success(request, _("Ihr Bild ist gelöscht. Neben Ihrem Namen stehen jetzt Ihre Initialen."))
    return redirect("accounts:home")


@require_safe
def picture(request: NetworkRequest, portrait_key: str, size: str) -> HttpResponse:
    """The same 404 for a picture that is not there and for one that is not for this visitor."""
    return _sent(portrait_bytes(portrait_key, size, request.visitor))


@require_safe
@login_required
def own(request: NetworkRequest, portrait_key: str) -> HttpResponse:
    """The whole picture, from which its owner chooses; ``portrait_key`` changes with it."""
    return _sent(own_source(request.user.pk))


def _sent(content: bytes | None) -> HttpResponse:
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Cache-Control"] = f"private, max-age={KEPT_BY_BROWSERS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
