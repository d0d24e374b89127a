"""Pages of the mailbox."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.core.views import form_page
from dkbm.demo.postfach import mailbox
from dkbm.demo.postfach.answering import AnswerForm, answer
from dkbm.demo.postfach.links import linked

PER_PAGE = 50


@require_safe
@never_cache
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, newest first; `?an=` those to one recipient, `?seite=` a page of them."""
    recipient = request.GET.get("an", "")
    mails = mailbox.list_mails(_folder(), recipient=recipient)
    page = Paginator(mails, PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "postfach/list.html", {"page": page, "recipient": recipient})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mail_show(request: HttpRequest, key: str) -> HttpResponse:
    """One mail, its text with links that work (GET); answer it, as its recipient would in a mail program (POST)."""
    try:
        mail = mailbox.get_mail(_folder(), key)
    except mailbox.MailMissingError as error:
        raise Http404 from error
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        messages.info(request, answer(mail, form.cleaned_data["text"]))
        return redirect("postfach:list")
    return form_page(request, "postfach/show.html", form, mail=mail, body=linked(mail.text))


def _folder() -> Path:
    """The mailbox; where there is none (production has none) there are no pages either."""
    folder = getattr(settings, "MAILBOX_DIR", None)
    if not folder:
        raise Http404
    return Path(folder)
