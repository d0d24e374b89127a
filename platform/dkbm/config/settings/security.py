"""Content security policies. Public and member pages: nothing inline, nothing foreign."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF


def content_security_policy() -> dict[str, Any]:
    """Policy of every page outside ``/cms/``, whose middleware widens it for Wagtail's own editor."""
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "img-src": [SELF, "data:"],
            "object-src": [NONE],
            "base-uri": [SELF],
            "form-action": [SELF],
            "frame-ancestors": [SELF],
        }
    }
