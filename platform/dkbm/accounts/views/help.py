"""/hilfe/: where to read on, who is responsible, and a form to write to them."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dkbm.accounts.domain.contact import write_to_network
from dkbm.accounts.forms.contact import SUBJECT_LENGTH, ContactForm
from dkbm.cms.domain.help_pages import help_pages
from dkbm.core.text import one_line
from dkbm.core.views import form_page
from dkbm.tenancy.http import NetworkRequest


@require_safe
def home(request: NetworkRequest) -> HttpResponse:
    return render(request, "help/home.html", {"pages": help_pages()})


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: NetworkRequest) -> HttpResponse:
    """A mail to whoever is responsible for the network; guests may write too. ``?zu=``: what it is about."""
    person = request.visitor.person
    initial = {"subject": one_line(request.GET.get("zu", ""))[:SUBJECT_LENGTH]}
    initial |= {"name": person.display_name, "email": person.email} if person else {}
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if ratelimit.consume(request, action="contact"):
            write_to_network(**form.cleaned_data)
            messages.success(request, _("Ihre Nachricht ist abgeschickt. Die Antwort kommt per E-Mail."))
            return redirect("support:home")
        form.add_error(None, _("Von Ihrem Anschluss kamen gerade viele Nachrichten. Bitte warten Sie eine Stunde."))
    return form_page(request, "help/contact.html", form)
