"""The HTTP API under ``/api/v1/``; its schema is at ``/api/v1/openapi.json``."""

from ninja import NinjaAPI

api = NinjaAPI(title="Transfernetz", version="1", urls_namespace="api", docs_url=None)
