"""A coloured map says the same three times: in its districts, in its legend, and in its table."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from dkbm.core.maps.coloured import Area, ColouredMap, Unit
from dkbm.core.maps.outlines import outlines
from tests.core.maps.reading import links, picture_of, table

EXAMPLES = Unit(one="Beispiel", many="Beispiele", none="kein Beispiel")
SOURCE = "© GeoBasis-DE / BKG 2021"


def coloured(*values: int, keys: list[str] | None = None) -> ColouredMap:
    keys = keys or sorted(outlines())
    areas = tuple(Area(key, f"Kreis {key}", f"/kreis/{key}/", value) for key, value in zip(keys, values, strict=False))
    return ColouredMap("Beispiele je Kreis", "Als Liste", areas, EXAMPLES)


def page_of(shown: ColouredMap) -> str:
    template = Template("{% load components %}{% district_map coloured=coloured %}")
    return template.render(Context({"coloured": shown}))


@pytest.mark.parametrize(
    ("values", "legend"),
    [
        ((0, 0), [(0, "kein Beispiel", 2)]),
        ((0, 1, 1), [(0, "kein Beispiel", 1), (3, "1 Beispiel", 2)]),
        ((1, 2), [(2, "1 Beispiel", 1), (3, "2 Beispiele", 1)]),
        ((0, 1, 2, 3), [(0, "kein Beispiel", 1), (1, "1 Beispiel", 1), (2, "2 Beispiele", 1), (3, "3 Beispiele", 1)]),
        ((1, 2, 3, 5, 8, 9), [(1, "1 bis 3 Beispiele", 3), (2, "5 Beispiele", 1), (3, "8 bis 9 Beispiele", 2)]),
        ((7, 400), [(1, "7 Beispiele", 1), (3, "400 Beispiele", 1)]),
    ],
)
def test_legend_names_the_tones_that_occur(values: tuple[int, ...], legend: list[tuple[int, str, int]]) -> None:
    assert [(step.tone, step.label, step.areas) for step in coloured(*values).steps] == legend


def test_map_legend_and_table_have_the_same_sums() -> None:
    shown = coloured(*range(40), *[0] * 5)
    page = page_of(shown)
    named, listed, total = links(page), *table(page)
    assert sorted((name, url, value) for name, url, value, _tone in named) == sorted(listed)
    assert sum(value for _name, _url, value, _tone in named) == total == shown.total == sum(range(40))
    assert sum(step.areas for step in shown.steps) == len(named) == 45
    for step in shown.steps:
        assert sum(tone == step.tone for _name, _url, _value, tone in named) == step.areas


def test_district_without_an_outline_stands_in_the_table_alone() -> None:
    shown = coloured(1, 2, 4, keys=["03101", "", "99999"])
    page = page_of(shown)
    assert [name for name, _url, _value, _tone in links(page)] == ["Kreis 03101"]
    assert table(page)[1] == 7
    assert "2 Kommunen haben keinen eigenen Umriss und stehen nur hier." in page


def test_second_municipality_of_a_district_takes_nobodys_link() -> None:
    areas = (Area("03101", "Erste", "/1/", 1), Area("03101", "Zweite", "/2/", 2))
    shown = ColouredMap("Zwei", "Als Liste", areas, EXAMPLES)
    page = page_of(shown)
    assert links(page) == [("Erste", "/1/", 1, 3)]
    assert [name for name, _url, _value in table(page)[0]] == ["Erste", "Zweite"]
    assert shown.undrawn == [areas[1]]


def test_without_any_outline_there_is_the_table_and_no_source_of_a_map() -> None:
    page = page_of(coloured(3, keys=["99999"]))
    assert "<svg" not in page
    assert SOURCE not in page
    assert table(page)[1] == 3


def test_map_names_its_source_as_the_licence_asks() -> None:
    page = page_of(coloured(1))
    assert f'<a href="https://www.bkg.bund.de">{SOURCE}</a> (Daten verändert)' in page
    assert 'href="https://www.govdata.de/dl-de/by-2-0"' in page


def test_name_cannot_write_into_the_picture() -> None:
    areas = (Area("03101", '</title><script>"&', "/?a=1&b=%22", 1),)
    picture = ColouredMap('"><b>', "<b>", areas, EXAMPLES).figure
    assert "<script" not in picture
    assert "<b>" not in picture
    assert "/?a=1&amp;b=%22" in picture


def test_map_of_45_districts_has_at_most_30_kilobytes() -> None:
    keys = [key for key in sorted(outlines()) if key.startswith("03")]
    areas = tuple(
        Area(key, "Landkreis Grafschaft Bentheim", "/suche/?q=Landkreis+Grafschaft+Bentheim&kommune=grafschaft", 1)
        for key in keys
    )
    assert len(areas) == 45
    assert len(picture_of(page_of(ColouredMap("Niedersachsen", "Als Liste", areas, EXAMPLES))).encode()) < 30_000


def test_map_of_110_districts_of_two_laender_has_them_all() -> None:
    keys = [key for key in sorted(outlines()) if key.startswith("09")] + [f"081{number}" for number in (11, 15, 16, 17)]
    more = [key for key in sorted(outlines()) if key.startswith("16")][:10]
    page = page_of(coloured(*[1] * 110, keys=[*keys, *more]))
    assert len(links(page)) == len(table(page)[0]) == table(page)[1] == 110


def test_picture_is_kept_while_nothing_on_it_changes() -> None:
    first, again, other = coloured(1, 2), coloured(1, 2), coloured(2, 1)
    assert first.figure is again.figure
    assert first.figure != other.figure
