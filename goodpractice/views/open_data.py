"""What anybody may take away: all public examples as files and as a feed. The same for all, whoever asks."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dkbm.core.spreadsheets import csv_table
from goodpractice.domain.queries.open_data import export, export_rows
from goodpractice.feed import newest_examples


@require_safe
def export_json(request: HttpRequest) -> HttpResponse:
    content = json.dumps(export(), ensure_ascii=False, indent=1)
    return _file(content.encode(), "application/json", "json")


@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    return _file(csv_table(export_rows()), "text/csv; charset=utf-8", "csv")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(newest_examples(), content_type="application/atom+xml; charset=utf-8")


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="gute-praxis.{ending}"'
    return response
