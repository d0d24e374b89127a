"""First version of the pages that the law asks for. Editors complete them; what they must fill in is marked."""

from __future__ import annotations

from dkbm.cms.domain.pages import Body, FirstPage
from dkbm.cms.models import StandardPage
from dkbm.tenancy.models import Network


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


def unfinished_pages() -> list[str]:
    """Titles of the bound network's legal pages in which something is still to be filled in, in their order."""
    slugs = [slug for slug, _title, _body in LEGAL_PAGES]
    pages = {page.slug: page for page in StandardPage.objects.live().filter(depth=3, slug__in=slugs)}
    return [
        pages[slug].title
        for slug in slugs
        if slug in pages and "[bitte" in str(list(pages[slug].body.raw_data)).lower()
    ]
