"""Covers of issues: a picture, or one number of the issue, drawn."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client

from dkbm.editorial.domain.covers import SIDE, Drawing, many, ring, share
from dkbm.imports.domain.issue import drawn_on_cover
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.publications import make_image, make_issue

pytestmark = pytest.mark.usefixtures("media")


def boxes(drawing: Drawing) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of all that is drawn."""
    dots = [(dot.x - dot.radius, dot.y - dot.radius, dot.x + dot.radius, dot.y + dot.radius) for dot in drawing.dots]
    return dots + [(cell.x, cell.y, cell.x + cell.width, cell.y + cell.height) for cell in drawing.cells]


def overlapping(found: list[tuple[int, int, int, int]]) -> bool:
    pairs = ((one, other) for place, one in enumerate(found) for other in found[place + 1 :])
    return any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in pairs)


@pytest.mark.parametrize("number", [1, 2, 3, 6, 7, 12, 13, 32, 50, 99, 100])
def test_drawings_count_and_stay_within_the_cover(number: int) -> None:
    drawn = [share(number // 2, number), many(number), *([ring(number)] if number <= 12 else [])]
    assert [len(each.cells) + len(each.dots) for each in drawn] == [number, number, number + 1][: len(drawn)]
    assert sum(cell.full for cell in drawn[0].cells) == number // 2
    for each in drawn:
        assert all(0 <= edge <= SIDE for box in boxes(each) for edge in box)
    for each in drawn[:2]:
        assert not overlapping(boxes(each))


def shapes(page: str) -> tuple[int, int, int]:
    """Cells and dots that are full, and signs, of the first cover on the page."""
    cover = BeautifulSoup(page, "html.parser").select_one(".cover.printed")
    assert cover is not None
    return tuple(len(cover.select(each)) for each in ("rect.full", "circle.full", "use"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("number", "whole", "drawn"),
    [(16, 32, (16, 0, 0)), (50, None, (0, 50, 0)), (6, None, (0, 6, 6)), (None, None, (0, 4, 0))],
)
def test_cover_shows_the_number_of_the_issue_else_its_chapters(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], number: int, whole: int, drawn: tuple[int, int, int]
) -> None:
    with bind(niedersachsen):
        chapters = ["Eins", "Zwei", "Drei", "Vier"]
        make_issue("Heft – Untertitel", chapters=chapters, cover_number=number, cover_whole=whole)
    guest = client_of(niedersachsen)
    for url in ("/", "/blickpunkt/", "/blickpunkt/heft/"):
        page = guest.get(url).text
        assert shapes(page) == drawn, url
        assert '<p class="cover-title">Heft</p>' in page


def test_picture_takes_the_place_of_the_drawing(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        issue = make_issue()
        issue.cover, issue.cover_alt = make_image(), "Drei Menschen an einem Tisch"
        issue.save_revision().publish()
    for url in ("/", "/blickpunkt/", "/blickpunkt/heft/"):
        page = client_of(niedersachsen).get(url).text
        assert 'alt="Drei Menschen an einem Tisch"' in page
        assert 'class="cover printed' not in page


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"cover_number": 33, "cover_whole": 32}, "cover_whole"),
        ({"cover_whole": 32}, "cover_number"),
        ({"cover_number": 101}, "cover_number"),
        ({"cover_number": 0}, "cover_number"),
    ],
)
def test_number_that_cannot_be_drawn_is_refused(
    in_niedersachsen: BoundNetwork, values: dict[str, int], field: str
) -> None:
    issue = make_issue()
    for name, value in values.items():
        setattr(issue, name, value)
    with pytest.raises(ValidationError) as refused:
        issue.full_clean()
    assert list(refused.value.message_dict) == [field]


def test_picture_without_words_is_refused(in_niedersachsen: BoundNetwork) -> None:
    issue = make_issue()
    issue.cover = make_image()
    with pytest.raises(ValidationError) as refused:
        issue.full_clean()
    assert list(refused.value.message_dict) == ["cover_alt"]


@pytest.mark.parametrize(
    ("summary", "drawn"),
    [
        ("16 von 32 Bildungsregionen gaben Auskunft.", (16, 32)),
        ("Mehr als 50 Beispiele zeigen, was 2018 geschah.", (50, None)),
        ("Stellt das Netzwerk vor und erläutert die sechs Eckpunkte.", (6, None)),
        ("Seit 2018 gibt es 800 Betriebe und 40 von 20 Kommunen.", (20, None)),
        ("Ein Heft.", (None, None)),
    ],
)
def test_importer_takes_the_number_from_what_the_issue_says_of_itself(
    summary: str, drawn: tuple[int | None, int | None]
) -> None:
    assert drawn_on_cover(summary) == drawn
