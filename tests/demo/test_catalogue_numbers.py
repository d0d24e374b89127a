"""The catalogue of the demo: what its filters say is what the rows are."""

from __future__ import annotations

import pytest

from dkbm.tenancy.context import bind
from dkbm.tenancy.hosts import network_for_host
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import guest, visitor_with
from goodpractice.models import Transfergegenstand
from tests.goodpractice.counting import differences

pytestmark = pytest.mark.usefixtures("demo")


@pytest.mark.parametrize("slug", ["niedersachsen", "bayern"])
def test_numbers_of_the_demo_agree_with_counting_the_rows(slug: str) -> None:
    network = network_for_host(f"{slug}.localhost")
    assert network is not None
    with bind(network):
        assert Transfergegenstand.objects.exists()
        member = Membership.objects.select_related("person").filter(state="active").first()
        assert member is not None
        for visitor in (guest(), visitor_with(member)):
            assert differences(visitor) == []
