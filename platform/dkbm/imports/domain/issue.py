"""Chapters of a Blickpunkt. The sources name their titles; what stands in them is told from the other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from dkbm.editorial.domain.blickpunkt import Chapter
from dkbm.editorial.models import MOST_DRAWN
from dkbm.imports.reading import Reference
from dkbm.imports.schemas.catalogue import ItemEntry
from dkbm.imports.schemas.events import EventEntry
from dkbm.imports.schemas.publications import PublicationEntry

Block = tuple[str, Any]
SHARE = re.compile(r"\b(\d{1,2}) von (\d{1,3}) [A-ZÄÖÜ]")
AMOUNT = re.compile(r"\b(\d{1,3}) [A-ZÄÖÜ]")
DRAWN = range(1, MOST_DRAWN + 1)
MILESTONES = {"auftakt", "jahrestreffen", "meilenstein"}


def chapters_of(entry: PublicationEntry, files: Reference) -> list[Chapter]:
    """One chapter a title, with the good example that it is about, or what the files say on its subject."""
    catalogue = files.transfergegenstaende.transfergegenstaende if files.transfergegenstaende else []
    items = [item for item in catalogue if item.slug in entry.items]
    return [Chapter(title, tuple(_blocks(title, entry, items, files))) for title in entry.chapters]


def drawn_on_cover(summary: str) -> tuple[int | None, int | None]:
    """The number of an issue that its cover shows, and the whole that it is a part of, each as far as it says one:
    "16 von 32 Bildungsregionen", "sechs Eckpunkte", "50 Beispiele"."""
    if (share := SHARE.search(summary)) and int(share[2]) in DRAWN and 0 < int(share[1]) <= int(share[2]):
        return int(share[1]), int(share[2])
    if "sechs Eckpunkte" in summary:
        return 6, None
    amounts = [int(amount[1]) for amount in AMOUNT.finditer(summary)]
    return next((amount for amount in amounts if amount in DRAWN), None), None


def _blocks(title: str, entry: PublicationEntry, items: list[ItemEntry], files: Reference) -> Iterator[Block]:
    item = next((item for item in items if _is_about(title, item)), None)
    if item is not None:
        yield "text", _paragraphs(item.initiierung or item.summary)
        yield "good_example", {"title": item.title, "slug": item.slug, "text": item.summary}
    elif "Eckpunkte" in title:
        yield from _eckpunkte(files)
    elif "Ziele" in title:
        yield from _aims(entry, files)
    elif "Entwicklung" in title:
        yield from _timeline(entry, files)
    elif title.startswith("DKBM-Netzwerk"):
        yield from _network(entry, files)


def _is_about(title: str, item: ItemEntry) -> bool:
    """ "Masterplan Bildung 2.0, Landkreis Heidekreis" is about the item of that municipality."""
    place = (item.municipality or "").removeprefix("landkreis-").removeprefix("stadt-")
    words = title.rpartition(",")[2].lower().replace("ü", "ue").replace("/", "-").split()
    return bool(place) and place in words


def _eckpunkte(files: Reference) -> Iterator[Block]:
    if files.eckpunkte is None:
        return
    if files.eckpunkte.origin:
        yield "text", _paragraphs(files.eckpunkte.origin)
    for point in files.eckpunkte.eckpunkte:
        yield "text", f"<h3>{point.number}. {escape(point.title)}</h3>{_paragraphs(point.explanation)}"


def _aims(entry: PublicationEntry, files: Reference) -> Iterator[Block]:
    groups = files.workgroups
    if groups and groups.network == entry.network:
        yield "text", f"<h3>Ziele</h3>{_list(groups.aims)}"
        yield "text", f"<h3>Was die Mitglieder davon haben</h3>{_list(groups.benefits)}"


def _network(entry: PublicationEntry, files: Reference) -> Iterator[Block]:
    groups, networks = files.workgroups, files.networks
    facts = {
        fact.key: fact
        for network in (networks.networks if networks else [])
        if network.slug == entry.network
        for fact in network.facts
    }
    if groups and groups.membership and groups.network == entry.network:
        yield "text", _paragraphs(groups.membership.who) + _paragraphs(groups.membership.how)
    if "beteiligung" in facts:
        fact = facts["beteiligung"]
        yield "figure", {"number": f"{fact.value} %", "text": fact.label, "source": fact.source}
    for group in groups.workgroups if groups and groups.network == entry.network else []:
        yield "text", f"<h3>AG {group.number}: {escape(group.name)}</h3>{_paragraphs(group.description)}"


def _timeline(entry: PublicationEntry, files: Reference) -> Iterator[Block]:
    """Milestones of the network up to the issue's year."""
    events = files.events.events if files.events else []
    steps = [event for event in events if _is_step(event, entry)]
    if steps:
        entries = [{"date": _when(event), "title": event.title, "text": event.summary or ""} for event in steps]
        yield "timeline", {"title": "Zeitleiste", "entries": entries}


def _is_step(event: EventEntry, entry: PublicationEntry) -> bool:
    of_network = event.network == entry.network and event.kind in MILESTONES
    return of_network and int(_when(event)[-4:]) <= (entry.year or 0)


def _when(event: EventEntry) -> str:
    if event.date:
        return f"{event.date:%d.%m.%Y}"
    start = event.period.start if event.period else ""
    return ".".join(reversed(start.split("-")))


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines() if line.strip())


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines) + "</ul>"
