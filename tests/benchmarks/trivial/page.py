"""The one address: three queries, one template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import path

from tests.benchmarks.trivial.models import Note, Section


def page(request: HttpRequest) -> HttpResponse:
    section = Section.objects.get(name="Abschnitt 1")
    notes = Note.objects.filter(section=section).select_related("writer").order_by("-written")[:20]
    context = {"section": section, "notes": notes, "sections": Section.objects.order_by("name")}
    content = render_to_string("page.html", context).encode()
    # The server keeps the client's connection only if it knows where the answer ends.
    return HttpResponse(content, headers={"Content-Length": str(len(content))})


urlpatterns = [path("", page)]
