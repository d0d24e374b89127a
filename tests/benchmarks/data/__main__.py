"""`python -m tests.benchmarks.data POSTS`: fills the database of the environment; writes what is in it as JSON."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    django.setup()
    import cProfile

    from tests.benchmarks.data.network import Size, fill

    P = cProfile.Profile()
    P.enable()
    json.dump(fill(Size(posts=int(sys.argv[1]))), sys.stdout)
    P.dump_stats("/tmp/fill.prof")


if __name__ == "__main__":
    main()
