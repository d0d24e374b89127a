"""The HTTP API under ``/api/v1/``; its schema is at ``/api/v1/openapi.json``."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

from dkbm.core.pydantic_errors import sentence_of
from dkbm.search.api import router as search_router
from goodpractice.api import router as catalogue_router

api = NinjaAPI(title="Transfernetz", version="1", urls_namespace="api", docs_url=None)
api.add_router("", search_router)
api.add_router("", catalogue_router)


@api.exception_handler(ValidationError)
def unprocessable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """422 with one German sentence a value: ``{"detail": [{"field", "message"}]}``."""
    detail = [{"field": str(each["loc"][-1]), "message": sentence_of(each)} for each in error.errors]
    return api.create_response(request, {"detail": detail}, status=422)
