"""What the two page types show beside their own fields."""

from __future__ import annotations

from typing import Any

from dkbm.cms.showing import shown_document
from dkbm.editorial.domain.covers import cover_of
from dkbm.editorial.domain.queries.examples import examples_for
from dkbm.editorial.domain.queries.publications import (
    issue_rows,
    kinds_present,
    publication_rows,
    publications,
)
from dkbm.editorial.models import BlickpunktIndexPage, BlickpunktPage
from dkbm.tenancy.http import NetworkRequest


def index_context(page: BlickpunktIndexPage, request: NetworkRequest) -> dict[str, Any]:
    """``issues`` (rows), ``kinds`` (value, label), ``kind`` (the chosen one or ""), ``publications`` (rows)."""
    kinds = kinds_present()
    asked = request.GET.get("art", "")
    kind = asked if asked in dict(kinds) else ""
    rows = publication_rows(publications(kind), request.visitor)
    return {"issues": issue_rows(), "kinds": kinds, "kind": kind, "publications": rows}


def issue_context(page: BlickpunktPage, request: NetworkRequest) -> dict[str, Any]:
    """``chapters``: those with content; ``outline``: titles of the others, of which we know no more.

    ``cover`` has a picture or is drawn; ``booklet``: ``None`` where it is gone. ``examples``: slug -> what may be
    linked; the blocks look into it, so that one query is enough.
    """
    chapters = [chapter for chapter in page.chapters if len(chapter.value["body"])]
    outline = [chapter.value["title"] for chapter in page.chapters if not len(chapter.value["body"])]
    slugs = {
        block.value["slug"]
        for chapter in chapters
        for block in chapter.value["body"]
        if block.block_type == "good_example"
    }
    examples = examples_for(slugs, request.visitor)
    return {
        "chapters": chapters,
        "outline": outline,
        "examples": examples,
        "cover": cover_of(page, chapters=len(page.chapters)),
        "booklet": shown_document(page.document),
    }
