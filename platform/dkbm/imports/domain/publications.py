"""Issues of the Blickpunkt as pages, all other publications as rows, of the bound network."""

from __future__ import annotations

from collections.abc import Sequence

from dkbm.editorial.domain.blickpunkt import IssueValues, save_blickpunkt
from dkbm.editorial.domain.publications import PublicationValues, save_publication
from dkbm.editorial.models import BlickpunktPage, Publication
from dkbm.imports.domain.issue import chapters_of, drawn_on_cover
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming
from dkbm.imports.reading import Reference
from dkbm.imports.schemas.publications import PublicationEntry
from dkbm.municipalities.models import Municipality
from workgroups.models import Workgroup


def load_publications(entries: Sequence[PublicationEntry], files: Reference) -> None:
    """Create or update by slug. What was loaded just like this stays as editors have it now.

    ``files``: the chapters of an issue are told from what the other files know.
    """
    ledger = Ledger("publikation")
    present = set(BlickpunktPage.objects.values_list("slug", flat=True))
    present |= set(Publication.objects.values_list("slug", flat=True))
    for entry in entries:
        with naming("publications.yaml", entry.slug):
            if ledger.is_loaded(entry.slug, entry, present=present):
                continue
            if entry.kind == "blickpunkt":
                _issue(entry, files)
            else:
                _publication(entry)
            ledger.note(entry.slug, entry)


def _publication(entry: PublicationEntry) -> None:
    given = entry.model_dump(exclude_none=True, exclude={"network", "slug", "municipality"})
    municipality = Municipality.objects.get(slug=entry.municipality) if entry.municipality else None
    row = Publication.objects.filter(slug=entry.slug).first() or Publication(slug=entry.slug)
    save_publication(row, PublicationValues(municipality=municipality, **given))


def _issue(entry: PublicationEntry, files: Reference) -> None:
    names = {group.slug: group.short_name for group in Workgroup.objects.filter(slug__in=entry.workgroups)}
    if entry.year is None:
        raise ValueError("ein Blickpunkt braucht ein Jahr")
    number, whole = drawn_on_cover(entry.summary)
    values = IssueValues(
        title=entry.title,
        year=entry.year,
        summary=entry.summary,
        series=entry.series or "Blickpunkt",
        publisher=entry.publisher or "",
        chapters=chapters_of(entry, files),
        items=entry.items,
        topics=entry.topics,
        workgroups=" und ".join(names[slug] for slug in entry.workgroups if slug in names),
        website=entry.website or "",
        source=entry.source or "",
        cover_number=number,
        cover_whole=whole,
    )
    save_blickpunkt(entry.slug, values)
