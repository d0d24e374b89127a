"""`python -m tests.benchmarks.crowd COUNT`: so many members in the network, all of whom are mailed at once."""

from __future__ import annotations

import random
import sys

import django


def main() -> None:
    django.setup()
    from django.utils import timezone

    from dkbm.notifications.domain.wishes import set_default_level
    from dkbm.notifications.enums import Level
    from dkbm.tenancy.context import bind
    from dkbm.tenancy.enums import MembershipState
    from dkbm.tenancy.hosts import network_for_host
    from dkbm.tenancy.models import Membership
    from tests.benchmarks.data.network import SLUG
    from tests.benchmarks.data.people import add_members

    network = network_for_host(f"{SLUG}.localhost")
    assert network is not None
    with bind(network):
        there = Membership.objects.filter(state=MembershipState.ACTIVE).count()
        add_members(int(sys.argv[1]) - there, since=timezone.now(), source=random.Random(3))
        set_default_level(Level.AT_ONCE)


if __name__ == "__main__":
    main()
