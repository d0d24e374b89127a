"""`python -m tests.benchmarks.data [POSTS]`: founds the network in the database of the environment.

With POSTS it fills the forum of a network that is there, and writes what is in it as JSON.
"""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    django.setup()
    from tests.benchmarks.data.network import fill, found

    if len(sys.argv) > 1:
        json.dump(fill(int(sys.argv[1])), sys.stdout)
    else:
        found()


if __name__ == "__main__":
    main()
