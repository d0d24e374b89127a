"""Ways to reach a contact person. The reference data name none, so the demo gets fictional ones."""

from __future__ import annotations

from zlib import crc32

from dkbm.core.profiles import may_invent
from dkbm.imports.schemas.catalogue import ItemEntry
from dkbm.municipalities.models import Municipality
from goodpractice.domain.saving import Contact
from goodpractice.links import as_https

FICTIONAL_RANGES = ("(030) 23125", "(040) 66969", "(069) 90009", "(0221) 4710", "(089) 99998")
"""The Bundesnetzagentur keeps three further digits of each for films and books; nobody is reached there."""


def contacts_of(entry: ItemEntry, municipality: Municipality | None) -> list[Contact]:
    """The entry's contact; none where the source names none. Beside a real municipality nothing is made up."""
    contact = entry.contact
    if contact is None:
        return []
    page = municipality.education_page or municipality.website if municipality else ""
    phone, mail = contact.phone or "", contact.mail or ""
    if may_invent():
        phone = phone or fictional_phone(entry.slug)
        mail = mail or f"bildung@{municipality.slug if municipality else entry.slug}.example.org"[-254:]
    return [
        Contact(
            function=contact.function,
            unit=contact.unit or "",
            phone=phone,
            mail=mail,
            web=as_https(page) if page else "",
        )
    ]


def fictional_phone(seed: str) -> str:
    """Always the same number for the same ``seed``: ``(030) 23125-042``."""
    number = crc32(seed.encode())
    return f"{FICTIONAL_RANGES[number % len(FICTIONAL_RANGES)]}-{number // 7 % 1000:03d}"
