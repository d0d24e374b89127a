"""OpenSearch, asked by the client of Elasticsearch: it knows neither the media type of that client nor its own name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from elastic_transport import HttpHeaders, Urllib3HttpNode

VENDOR = "application/vnd.elasticsearch+"


class OpenSearchNode(Urllib3HttpNode):
    """Sends plain JSON, and has the answer say what the client insists on."""

    def perform_request(
        self, method: str, target: str, body: bytes | None = None, headers: Any = None, request_timeout: Any = None
    ) -> Any:
        sent = HttpHeaders(headers or {})
        for name in ("content-type", "accept"):
            if VENDOR in (sent.get(name) or ""):
                sent[name] = sent[name].replace(VENDOR, "application/").split(";")[0]
        answer = super().perform_request(method, target, body=body, headers=sent, request_timeout=request_timeout)
        received = HttpHeaders({**answer.meta.headers, "x-elastic-product": "Elasticsearch"})
        return answer._replace(meta=replace(answer.meta, headers=received))
