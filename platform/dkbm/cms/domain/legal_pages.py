"""First version of the pages that the law asks for. Editors complete them; what they must fill in is marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags

from dkbm.cms.domain.pages import Body, FirstPage
from dkbm.cms.models import StandardPage
from dkbm.tenancy.models import Network
from dkbm.tenancy.operation import public_rows


def _imprint(network: Network) -> Body:
    contact = network.contact_email or "[bitte E-Mail-Adresse eintragen]"
    return [
        (
            "text",
            f"<p>Diese Seiten verantwortet: <b>{network.name}</b></p><p>[Bitte Anschrift und Vertretung eintragen.]</p>",
        ),
        ("heading", "Kontakt"),
        ("text", f"<p>E-Mail: {contact}</p>"),
        ("heading", "Haftung für Links"),
        (
            "text",
            "<p>Für Inhalte fremder Seiten, auf die wir verweisen, sind deren Betreiber verantwortlich.</p>",
        ),
    ]


def _privacy(network: Network) -> Body:
    return [
        (
            "text",
            f"<p>Verantwortlich für die Verarbeitung personenbezogener Daten auf diesen Seiten ist {network.name}. "
            "Grundlage ist Ihre Einwilligung beim Registrieren (Artikel 6 Absatz 1 Buchstabe a DSGVO).</p>",
        ),
        ("heading", "Welche Daten wir verarbeiten"),
        (
            "text",
            "<ul><li>Ihr Name, Ihre dienstliche E-Mail-Adresse, Kommune und Funktion: für Ihre Mitgliedschaft.</li>"
            "<li>Ihre Beiträge in Foren und Arbeitsgruppen: sichtbar für die Mitglieder der Gruppe.</li>"
            "<li>Ihre Anmeldungen zu Veranstaltungen: für deren Durchführung.</li></ul>",
        ),
        ("heading", "Cookies"),
        (
            "text",
            "<p>Wir setzen nur Cookies, die für das Einloggen und für sichere Formulare nötig sind. Ihr Browser lädt nichts von "
            "fremden Servern.</p>",
        ),
        ("heading", "Ihre Rechte"),
        (
            "text",
            "<p>Sie können Auskunft, Berichtigung, Löschung und Einschränkung verlangen, Ihre Einwilligung widerrufen und "
            "sich bei der Datenschutzaufsicht beschweren.</p>",
        ),
    ]


def _accessibility(network: Network) -> Body:
    contact = network.contact_email or "[bitte E-Mail-Adresse eintragen]"
    return [
        (
            "text",
            f"<p>{network.name} bemüht sich, diese Seiten im Einklang mit BITV 2.0 und EN 301 549 barrierefrei zugänglich "
            "zu machen.</p><p>[Bitte Stand und Ergebnis der letzten Prüfung eintragen.]</p>",
        ),
        ("heading", "Barriere melden"),
        (
            "text",
            f"<p>Sind Sie auf eine Barriere gestoßen? Schreiben Sie uns: {contact}. Wir antworten innerhalb von vier Wochen.</p>",
        ),
        ("heading", "Durchsetzungsverfahren"),
        (
            "text",
            "<p>Bleibt unsere Antwort aus, können Sie sich an die zuständige Schlichtungsstelle Ihres Landes wenden.</p>",
        ),
    ]


LEGAL_PAGES: tuple[FirstPage, ...] = (
    ("impressum", "Impressum", _imprint),
    ("datenschutz", "Datenschutz", _privacy),
    ("barrierefreiheit", "Barrierefreiheit", _accessibility),
)

_ORDER = [slug for slug, _title, _body in LEGAL_PAGES]
PLACEHOLDER = re.compile(r"\[\s*(bitte\b[^\[\]]*)\]", re.IGNORECASE)


@dataclass(frozen=True)
class UnfinishedPage:
    """A published page that the law asks for, and what is still to be filled in there, in the words of the page."""

    page_id: int
    slug: str
    title: str
    missing: list[str]


def unfinished_pages() -> list[UnfinishedPage]:
    """Of the bound network, in their order; one query."""
    return _unfinished(_legal_pages())


def unfinished_by_network() -> dict[int, list[UnfinishedPage]]:
    """Of every network that has such pages, by its id; one query."""
    found: dict[int, list[StandardPage]] = defaultdict(list)
    for page in public_rows(_legal_pages):
        if page.network_id is not None:
            found[page.network_id].append(page)
    return {network: unfinished for network, each in found.items() if (unfinished := _unfinished(each))}


def _legal_pages() -> QuerySet[StandardPage]:
    return StandardPage.objects.live().filter(depth=3, slug__in=_ORDER)


def _unfinished(pages: Iterable[StandardPage]) -> list[UnfinishedPage]:
    found = [
        UnfinishedPage(page.pk, page.slug, page.title, _missing(page))
        for page in sorted(pages, key=lambda page: _ORDER.index(page.slug))
    ]
    return [each for each in found if each.missing]


def _missing(page: StandardPage) -> list[str]:
    text = unescape(strip_tags(" ".join(_texts(list(page.body.raw_data)))))
    return [" ".join(words.split()) for words in PLACEHOLDER.findall(text)]


def _texts(value: Any) -> Iterator[str]:
    """All strings in the blocks as they are stored: no row is asked for that a block names."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(each)
