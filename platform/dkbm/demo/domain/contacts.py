"""Fictional ways to reach a contact person: the data name function and office, never phone or address."""

from __future__ import annotations

from zlib import crc32

from dkbm.demo.schemas.catalogue import ItemEntry
from dkbm.municipalities.models import Municipality
from goodpractice.domain.catalogue import Contact
from goodpractice.links import as_https

FICTIONAL_RANGES = ("(030) 23125", "(040) 66969", "(069) 90009", "(0221) 4710", "(089) 99998")
"""The Bundesnetzagentur keeps three further digits of each for films and books; nobody is reached there."""


def contacts_of(entry: ItemEntry, municipality: Municipality | None) -> list[Contact]:
    """The entry's contact with fictional phone and mail; none where the source names none."""
    if entry.contact is None:
        return []
    page = municipality.education_page or municipality.website if municipality else ""
    return [
        Contact(
            function=entry.contact.function,
            unit=entry.contact.unit or "",
            phone=fictional_phone(entry.slug),
            mail=f"bildung@{municipality.slug if municipality else entry.slug}.example.org"[-254:],
            web=as_https(page) if page else "",
        )
    ]


def fictional_phone(seed: str) -> str:
    """Always the same number for the same ``seed``: ``(030) 23125-042``."""
    number = crc32(seed.encode())
    return f"{FICTIONAL_RANGES[number % len(FICTIONAL_RANGES)]}-{number // 7 % 1000:03d}"
