"""Tags (Schlagwörter) of a network, and the common seed that every network starts with."""

from __future__ import annotations

from collections.abc import Mapping

from dkbm.cms.models import NetworkTag

SEED = {
    "bildungsmanagement": "Bildungsmanagement",
    "bildungsmonitoring": "Bildungsmonitoring",
    "bildungsbericht": "Bildungsberichterstattung",
    "bildungsstrategie": "Bildungsstrategie und Leitbild",
    "masterplan": "Masterplan Bildung",
    "politik-beschluesse": "Politik und Beschlüsse",
    "gremien": "Steuerungsgremien",
    "bildungsbuero": "Bildungsbüro und Geschäftsstelle",
    "vernetzung": "Vernetzung und Kooperation",
    "kooperationsvereinbarung": "Kooperationsvereinbarungen",
    "interkommunale-zusammenarbeit": "Interkommunale Zusammenarbeit",
    "land-und-kommune": "Zusammenarbeit mit dem Land",
    "bildungskonferenz": "Bildungskonferenzen",
    "buergerbeteiligung": "Bürgerbeteiligung",
    "transparenz": "Transparenz und Bildungsportale",
    "oeffentlichkeitsarbeit": "Öffentlichkeitsarbeit und Bildungsmarketing",
    "qualitaet": "Qualität und Wirkung",
    "indikatoren": "Indikatoren und Kennzahlen",
    "kleinraeumige-daten": "Kleinräumige Daten",
    "sozialraumindex": "Sozialraum und Sozialindex",
    "it-instrumentarium": "IT-Instrumentarium und Software",
    "datenschutz": "Datenschutz und Statistikgeheimnis",
    "befragung": "Befragungen",
    "schulentwicklungsplanung": "Schulentwicklungsplanung",
    "digitale-bildung": "Digitale Bildung und digitale Formate",
    "fruehe-bildung": "Frühe Bildung",
    "familienbildung": "Familienbildung und Eltern",
    "uebergang-kita-grundschule": "Übergang Kita – Grundschule",
    "uebergang-grundschule-sek": "Übergang Grundschule – weiterführende Schule",
    "uebergang-schule-beruf": "Übergang Schule – Beruf",
    "berufsorientierung": "Berufsorientierung",
    "fachkraefte": "Fachkräftesicherung",
    "bildungsberatung": "Bildungsberatung",
    "weiterbildung": "Weiterbildung",
    "erwachsenenbildung": "Erwachsenenbildung",
    "sprachfoerderung": "Sprachbildung und Sprachförderung",
    "integration": "Integration durch Bildung",
    "neuzugewanderte": "Koordinierung für Neuzugewanderte",
    "praeventionskette": "Präventionsketten",
    "schulabsentismus": "Schulabsentismus",
    "inklusion": "Inklusion",
    "ganztag": "Ganztag und Ferienangebote",
    "chancengerechtigkeit": "Chancengerechtigkeit",
    "gesundheit": "Gesundheit",
    "mint": "MINT-Bildung",
    "sport": "Sport und Bewegung",
    "stiftungen": "Stiftungen",
    "zivilgesellschaft": "Zivilgesellschaft und Ehrenamt",
    "bne": "Bildung für nachhaltige Entwicklung",
    "laendlicher-raum": "Ländlicher Raum",
}
"""Slug -> label; the vocabulary that the networks' own publications share."""


def add_tags(labels: Mapping[str, str]) -> None:
    """Give the bound network the tags (slug -> label) that it does not have yet; names that editors changed stay.

    What somebody else adds meanwhile, by slug or by name, is seen in the next round.
    """
    while missing := _missing(labels):
        NetworkTag.objects.bulk_create(missing, ignore_conflicts=True)


def _missing(labels: Mapping[str, str]) -> list[NetworkTag]:
    """In one order for everybody: two who add the same do not wait for each other in a ring."""
    present = dict(NetworkTag.objects.values_list("slug", "name"))
    taken = set(present.values())
    missing = []
    for slug, label in sorted(labels.items()):
        if slug not in present:
            name = f"{label} ({slug})" if label in taken else label
            taken.add(name)
            missing.append(NetworkTag(slug=slug, name=name))
    return missing


def tags_by_slug() -> dict[str, NetworkTag]:
    """All tags of the bound network."""
    return {tag.slug: tag for tag in NetworkTag.objects.all()}
