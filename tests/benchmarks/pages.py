"""How long pages take, beside a trivial one: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.pages`

`--sizes 40000 400000`: posts of the networks. `--throughput`: pages a second for several clients at once instead.
How to read it: `platform/docs/performance.md`.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from tests.benchmarks.addresses import EMPTY, pages
from tests.benchmarks.kit import measuring, throughput
from tests.benchmarks.kit.report import arguments, keep, show
from tests.benchmarks.kit.services import build_static_files, running

IN_THROUGHPUT = (EMPTY, "topic of 20", "home, guest")


def main() -> None:
    parser = arguments("How long pages take.", samples=30)
    parser.add_argument("--throughput", action="store_true", help="pages a second with 1, 8 and 32 clients")
    options = parser.parse_args()
    with running() as settings, ExitStack() as stack:
        build_static_files(settings)
        networks = measuring.opened(stack, settings, options.sizes, pages)
        rows: list[dict[str, Any]]
        if options.throughput:
            for posts, (own, described, found) in networks.items():
                chosen = [page for page in found if page.name in IN_THROUGHPUT]
                rows = [{"posts": posts, **row} for row in throughput.rows_of(settings, own, described, chosen)]
                show(rows)
                keep(f"throughput-{posts}", rows)
        else:
            rows = measuring.rows_of(settings, networks, options.samples)
            show(rows)
            keep("pages", rows)


if __name__ == "__main__":
    main()
