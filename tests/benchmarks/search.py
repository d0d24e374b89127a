"""How long searching takes, page and API: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.search`

`--sizes 40000 400000`: posts of the networks. What decision 004 measured is `search_rls`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote_plus

from tests.benchmarks.addresses import Page
from tests.benchmarks.kit import measuring
from tests.benchmarks.kit.report import arguments, keep, show
from tests.benchmarks.kit.services import build_static_files, running

WAYS = {"page": "/suche/?q=", "API": "/api/v1/search?q="}


def searches(described: Mapping[str, Any]) -> list[Page]:
    return [
        Page(f"{way}, {name}", f"{path}{quote_plus(words)}")
        for name, words in described["words"].items()
        for way, path in WAYS.items()
    ]


def main() -> None:
    options = arguments("How long searching takes.", samples=40).parse_args()
    with running() as settings, ExitStack() as stack:
        build_static_files(settings)
        networks = measuring.opened(stack, settings, options.sizes, searches)
        rows = measuring.rows_of(settings, networks, options.samples)
    show(rows)
    keep("search", rows)


if __name__ == "__main__":
    main()
