"""What stands on a map and in the table beside it, read from the page."""

from __future__ import annotations

import re
from html import unescape

LINK = re.compile(r'<a href="([^"]*)"><title>(.*?): (kein|\d+) \w+</title><path data-step="(\d)"', re.DOTALL)
UNLINKED = re.compile(r'<g><title>(.*?): (kein|\d+) \w+</title><path data-step="(\d)"', re.DOTALL)
ROW = re.compile(
    r'<tr><th scope="row" class="[^"]+">(?:<a href="([^"]*)">)?([^<]*)(?:</a>)?</th><td\s+class="[^"]+">(\d+)</td></tr>'
)
PICTURE = re.compile(r'<svg class="map-picture".*?</svg>', re.DOTALL)
TOTAL = re.compile(r"<tfoot>.*?<td[^>]*>(\d+)</td>", re.DOTALL)

Link = tuple[str, str, int, int]
"""Name, address, number, tone."""
Row = tuple[str, str, int]


def links(page: str) -> list[Link]:
    """The districts of the picture that lead somewhere."""
    return [
        (unescape(name), unescape(url), 0 if value == "kein" else int(value), int(tone))
        for url, name, value, tone in LINK.findall(page)
    ]


def districts(page: str) -> list[Link]:
    """All of them; those that lead nowhere have no address."""
    unlinked = [
        (unescape(name), "", 0 if value == "kein" else int(value), int(tone))
        for name, value, tone in UNLINKED.findall(page)
    ]
    return links(page) + unlinked


def table(page: str) -> tuple[list[Row], int]:
    """The lines, and what the last one says of all."""
    rows = [
        (unescape(name), unescape(url), int(value)) for url, name, value in ROW.findall(page.partition("<tfoot>")[0])
    ]
    total = TOTAL.search(page)
    assert total is not None
    return rows, int(total[1])


def picture_of(page: str) -> str:
    found = PICTURE.search(page)
    assert found is not None
    return found[0]
