"""Addresses of foreign pages: https only, one per line."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

_is_address = URLValidator(schemes=["https"], message=_("Bitte eine Adresse, die mit https:// beginnt."))


RESERVED = frozenset({"feed"})
"""Addresses below the catalogue that are no example's."""


def validate_not_reserved(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(_("„%(slug)s“ ist vergeben. Bitte wählen Sie ein anderes Kürzel."), params={"slug": slug})


def validate_https(value: str) -> None:
    _is_address(value)


def validate_links(value: str) -> None:
    """Every line is an address; the first that is none is named."""
    for line in value.split():
        try:
            _is_address(line)
        except ValidationError:
            raise ValidationError(_("„%(line)s“ ist keine Adresse mit https://."), params={"line": line}) from None


def as_https(address: str) -> str:
    """``www.stadt.de/bildung`` and ``http://…`` as sources print them -> with https."""
    bare = address.strip().removeprefix("https://").removeprefix("http://")
    return f"https://{bare}"
