"""Examples of good practice and events, through their domain functions: there are hundreds, not hundred thousands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.cms.models import NetworkTag
from dkbm.events.domain.imports import import_event
from dkbm.events.enums import RegistrationState
from dkbm.events.models import Event, Registration
from dkbm.municipalities.models import Municipality
from goodpractice.domain.imports import publish_item
from goodpractice.domain.pages import ItemText
from goodpractice.domain.saving import Contact, ItemValues
from goodpractice.domain.vocabulary import EckpunktText, save_eckpunkte, save_phases, save_programmes
from goodpractice.enums import Kind
from goodpractice.models import Eckpunkt, Phase, Transfergegenstand
from tests.benchmarks.data.words import Texts


def add_vocabulary() -> None:
    """Call it as owner: the vocabulary is common."""
    points = [
        EckpunktText(number, f"eckpunkt-{number}", f"Eckpunkt {number}", f"E {number}", "", {})
        for number in range(1, 7)
    ]
    save_eckpunkte(eckpunkte=points)
    save_phases(phases={"kita": "Frühe Kindheit", "schule": "Schule", "beruf": "Beruf"})
    save_programmes(programmes={"lvo": "Lernen vor Ort", "eigen": "Eigene Mittel"})


def add_items(count: int, texts: Texts) -> None:
    """``count`` more examples with contacts, tags, phases and Eckpunkte."""
    source, known = random.Random(5), Transfergegenstand.objects.count()
    places, tags = list(Municipality.objects.all()), list(NetworkTag.objects.order_by("pk"))
    points, phases = list(Eckpunkt.objects.all()), list(Phase.objects.all())
    for number in range(known, known + count):
        values = ItemValues(
            title=texts.title(4),
            kind=source.choice(Kind.values),
            visibility="members" if number % 4 == 0 else "public",
            municipality=source.choice(places),
            eckpunkte=source.sample(points, 2),
            topics=source.sample(tags, 3),
            phases=[source.choice(phases)],
            contacts=[Contact("Leitung Bildungsbüro", "Bildungsbüro", phone="04231 15-0", mail="buero@example.org")],
            year=2010 + number % 15,
        )
        text = ItemText(
            summary=texts.sentence(), initiierung=texts.sentence(60), meilensteine=texts.sentence(60),
            etablierung=texts.sentence(60), transfer_notes=texts.sentence(20),
        )  # fmt: skip
        publish_item(slug=f"beispiel-{number}", values=values, text=text)


def add_events(count: int, people: Sequence[Person], texts: Texts) -> None:
    """``count`` more events, every third in the future and open for registration, with forty who have registered."""
    known = Event.objects.count()
    today = timezone.localdate()
    for number in range(known, known + count):
        day = today + timedelta(days=30 + number if number % 3 == 0 else -30 * number)
        opens = {"opens": str(today - timedelta(days=60)), "closes": str(day), "waiting_list": True, "questions": []}
        event = import_event(
            slug=f"treffen-{number}", kind="jahrestreffen", title=texts.title(), date=day.isoformat(), starts="09:30",
            ends="16:30", place="Hannover", capacity=140, summary=texts.sentence(30),
            registration=opens if number % 3 == 0 else None,
        )  # fmt: skip
        if number % 3 == 0:
            registered = [
                Registration(event=event, person=person, state=RegistrationState.REGISTERED) for person in people[:40]
            ]
            Registration.objects.bulk_create(registered)
