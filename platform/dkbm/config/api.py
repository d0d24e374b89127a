"""The HTTP API under ``/api/v1/``; its schema is at ``/api/v1/openapi.json``."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from dkbm.search.api import router as search_router

api = NinjaAPI(title="Transfernetz", version="1", urls_namespace="api", docs_url=None)
api.add_router("", search_router)


@api.exception_handler(ValidationError)
def unprocessable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with one German sentence a value: ``{"detail": [{"field", "message"}]}``."""
    detail = [{"field": str(each["loc"][-1]), "message": _sentence(each)} for each in error.errors]
    return api.create_response(request, {"detail": detail}, status=422)


def _sentence(error: dict[str, Any]) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "enum":
            return f"Diesen Wert gibt es nicht. Möglich sind: {limits['expected'].replace(' or ', ', ')}."
        case "greater_than_equal":
            return f"Der Wert muss mindestens {limits['ge']} sein."
        case "less_than_equal":
            return f"Der Wert darf höchstens {limits['le']} sein."
        case "int_parsing":
            return "Bitte eine ganze Zahl angeben."
        case "string_too_long":
            return f"Bitte höchstens {limits['max_length']} Zeichen angeben."
    return "Dieser Wert kann nicht gelesen werden."
