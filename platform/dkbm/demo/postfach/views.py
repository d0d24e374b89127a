"""Pages of the mailbox."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dkbm.demo.postfach import mailbox
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


@require_safe
@never_cache
def mail_show(request: HttpRequest, key: str) -> HttpResponse:
    """One mail, its text with links that work."""
    try:
        mail = mailbox.get_mail(_folder(), key)
    except mailbox.MailMissingError as error:
        raise Http404 from error
    return render(request, "postfach/show.html", {"mail": mail, "body": linked(mail.text)})


def _folder() -> Path:
    """The mailbox; where there is none (production has none) there are no pages either."""
    folder = getattr(settings, "MAILBOX_DIR", None)
    if not folder:
        raise Http404
    return Path(folder)
