"""The one spelling of a mail address, in which it is stored and looked up, and the one in which people read it.

A browser sends ``kita@xn--grn-ioa.example.org`` where somebody typed ``Kita@grün.example.org``; both are one mailbox.
"""

from __future__ import annotations

import re
import unicodedata

import idna

from dkbm.core.text import DIRECTIONS, WITHIN_WORDS

_UNSEEN = re.compile(f"[{DIRECTIONS}{WITHIN_WORDS}]")
_COPIED = re.compile(r"\s*<?(?:mailto:)?([^<>\s]*)>?\s*", re.IGNORECASE)


def normal_address(text: str) -> str:
    """Lower case, without blanks around it, the domain as machines write it. What is no address stays as it is."""
    user, at, domain = unicodedata.normalize("NFC", text).strip().lower().rpartition("@")
    return f"{user}{at}{normal_domain(domain)}" if at else domain


def pasted_address(text: str) -> str:
    """What was meant, of an address copied out of a mail, a contact or a page: ``<anna@…>``, ``mailto:anna@…``, or with
    signs around it that nobody sees and that no address has."""
    found = _COPIED.fullmatch(_UNSEEN.sub("", text))
    return found[1] if found else text


def normal_domain(text: str) -> str:
    """As browsers and mail servers write it (IDNA 2008 with the mapping of UTS 46)."""
    domain = text.strip().lower()
    try:
        return idna.encode(domain, uts46=True).decode("ascii") if domain else ""
    except idna.IDNAError:
        return domain


def readable_address(text: str | None) -> str:
    """``kita@grün.example.org``, for pages and lists; a domain alone is made readable too.

    Only with Latin letters: those of other scripts may look like another's domain.
    """
    user, at, domain = (text or "").rpartition("@")
    if "xn--" not in domain:
        return text or ""
    try:
        shown = idna.decode(domain)
    except idna.IDNAError:
        return text or ""
    return f"{user}{at}{shown}" if all(map(_is_latin, shown)) else text or ""


def _is_latin(sign: str) -> bool:
    return sign.isascii() or unicodedata.name(sign, "").startswith("LATIN ")
