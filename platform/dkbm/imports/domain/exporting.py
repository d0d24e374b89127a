"""``export_catalogue``: a network's examples as a file that ``import_catalogue`` reads back to the same rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from django.utils.html import strip_tags

from dkbm.imports.domain.catalogue import VISIBILITY
from dkbm.tenancy.commands import bound_to
from goodpractice.domain.pages import as_html
from goodpractice.enums import ItemState
from goodpractice.models import ContactPerson, Transfergegenstand, TransfergegenstandPage

OF_FILES = {theirs.value: ours for ours, theirs in VISIBILITY.items()}
PARTS = ("initiierung", "meilensteine", "etablierung")
WIDTH = 110
HEAD = "# Beispiele guter Praxis; einlesen mit: manage.py import_catalogue DATEI --network KÜRZEL\n"
_PARAGRAPH = re.compile(r"<(?:p|li|h3)[^>]*>(.*?)</(?:p|li|h3)>", re.DOTALL)


class _Dumper(yaml.SafeDumper):
    """Long texts folded, texts of several lines as they are."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else ">" if len(value) > WIDTH - 30 else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def export_catalogue(path: Path, *, network: str) -> tuple[int, list[str]]:
    """Write the network's examples. Returns their number, and the slugs of those whose text loses its marks.

    A file holds plain paragraphs: bold words, lists and links of a page's text come back as words. Examples that nobody
    has written yet are left out. Raises ``LookupError`` for an unknown network.
    """
    with bound_to(network):
        items = {item: item.page for item in _items() if item.page and item.is_written}
        data = {**_lists(items), "transfergegenstaende": [_entry(item, page) for item, page in items.items()]}
        plainer = [item.slug for item, page in items.items() if _loses_marks(page)]
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    path.write_text(HEAD + text, encoding="utf-8")
    return len(items), plainer


def _items() -> Iterable[Transfergegenstand]:
    related = ("topics", "phases", "programmes", "further_municipalities", "eckpunkt_links__eckpunkt")
    rows = Transfergegenstand.objects.select_related("municipality", "page").prefetch_related(*related)
    return rows.order_by("slug")


def _lists(items: Iterable[Transfergegenstand]) -> dict[str, dict[str, str]]:
    """What the entries refer to, so that the file can be read where it is not known yet."""
    return {
        name: {row.slug: str(row) for item in items for row in getattr(item, name).all()}
        for name in ("topics", "phases", "programmes")
    }


def _entry(item: Transfergegenstand, page: TransfergegenstandPage) -> dict[str, Any]:
    values: dict[str, Any] = {
        "slug": item.slug,
        "title": item.title,
        "municipality": item.municipality.slug if item.municipality else None,
        "further_municipalities": _slugs(item.further_municipalities.all()),
        "kind": item.kind,
        "eckpunkte": [link.eckpunkt.number for link in item.eckpunkt_links.all()],
        "topics": _slugs(item.topics.all()),
        "phases": _slugs(item.phases.all()),
        "programmes": _slugs(item.programmes.all()),
        **_page(page),
        "contacts": [_contact(row) for row in ContactPerson.objects.filter(item=item).select_related("municipality")],
        "source": item.source,
        "year": item.year,
        "links": item.link_list,
        "visibility": OF_FILES[item.visibility],
        "archived": item.state == ItemState.ARCHIVED,
        "checked_on": item.checked_on and item.checked_on.isoformat(),
    }
    return {name: value for name, value in values.items() if value not in (None, "", [], False) or name == "contacts"}


def _page(page: TransfergegenstandPage) -> dict[str, Any]:
    return {
        "summary": page.summary,
        **{part: "\n".join(_paragraphs(getattr(page, part))) for part in PARTS},
        "resources": page.resources,
        "success_factors": page.success_factor_list,
        "transfer_notes": page.transfer_notes,
        "figures": [{key: value for key, value in block.value.items() if value} for block in page.figures],
    }


def _contact(row: ContactPerson) -> dict[str, Any]:
    values = {
        "function": row.function,
        "unit": row.unit,
        "municipality": row.municipality.slug if row.municipality else "",
        "name": row.name,
        "phone": row.phone,
        "mail": row.mail,
        "web": row.web,
        "contact_public": row.contact_public,
        "confirmed_on": row.confirmed_on.isoformat() if row.confirmed_on else "",
    }
    return {name: value for name, value in values.items() if value}


def _slugs(rows: Iterable[Any]) -> list[str]:
    return sorted(row.slug for row in rows)


def _paragraphs(html: str) -> list[str]:
    """A line each: what stands in no paragraph is one too."""
    found = _PARAGRAPH.findall(html) or [html]
    return [text for text in (" ".join(unescape(strip_tags(part)).split()) for part in found) if text]


def _loses_marks(page: TransfergegenstandPage) -> bool:
    return any(as_html("\n\n".join(_paragraphs(getattr(page, part)))) != getattr(page, part) for part in PARTS)
