"""Validation of a network's accent colour."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from dkbm.cms.contrast import check_accent

DEFAULT_ACCENT = "#0b5a5e"


def validate_accent(value: str) -> None:
    """Raises ``ValidationError`` that says what is wrong and which colour would do."""
    decision = check_accent(value)
    if not decision:
        raise ValidationError(decision.reason)
