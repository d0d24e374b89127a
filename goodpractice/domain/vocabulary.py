"""Loading the vocabulary that all networks share. Runs with the owner's login, from the command that loads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from goodpractice.models import Eckpunkt, Leitfrage, Phase, Programme


@dataclass(frozen=True)
class EckpunktText:
    """``leitfragen``: key -> question, in order."""

    number: int
    slug: str
    title: str
    short: str
    explanation: str
    leitfragen: Mapping[str, str]


@transaction.atomic
def save_eckpunkte(*, eckpunkte: Sequence[EckpunktText]) -> None:
    """Create or change by number; questions that are not named any more go."""
    for text in eckpunkte:
        point, _created = Eckpunkt.objects.update_or_create(
            number=text.number,
            defaults={"slug": text.slug, "title": text.title, "short": text.short, "explanation": text.explanation},
        )
        point.leitfragen.exclude(key__in=text.leitfragen).delete()
        for position, (key, question) in enumerate(text.leitfragen.items()):
            Leitfrage.objects.update_or_create(
                key=key, defaults={"eckpunkt": point, "text": question, "position": position}
            )


@transaction.atomic
def save_phases(*, phases: Mapping[str, str]) -> None:
    """Slug -> title, in order."""
    for position, (slug, title) in enumerate(phases.items()):
        Phase.objects.update_or_create(slug=slug, defaults={"title": title, "position": position})


@transaction.atomic
def save_programmes(*, programmes: Mapping[str, str]) -> None:
    """Slug -> title, in order."""
    for position, (slug, title) in enumerate(programmes.items()):
        Programme.objects.update_or_create(slug=slug, defaults={"title": title, "position": position})
