"""A process that writes digests until it is killed: for each line ``<level> <when>`` on its standard input."""

from __future__ import annotations

import datetime
import sys

import django

django.setup()

from dkbm.notifications.domain.digest import write_digests  # noqa: E402 - needs the apps
from dkbm.notifications.enums import Level  # noqa: E402
from dkbm.tenancy.context import bind  # noqa: E402
from dkbm.tenancy.hosts import everywhere  # noqa: E402


def main(slug: str) -> None:
    network = next(each for each in everywhere() if each.slug == slug)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        level, when = line.split()
        with bind(network):
            write_digests(level=Level(level), due=datetime.datetime.fromisoformat(when))


main(sys.argv[1])
