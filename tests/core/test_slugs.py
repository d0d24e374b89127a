"""A title's part of an address is taken once."""

from __future__ import annotations

import pytest

from dkbm.core.slugs import free_slug, numbered
from dkbm.tenancy.context import BoundNetwork
from tests.factories.groups import make_workgroup
from workgroups.models import Workgroup


@pytest.mark.parametrize(
    ("taken", "slug"),
    [
        ((), "daten"),
        (("daten-2",), "daten"),
        (("daten",), "daten-2"),
        (("daten", "daten-2", "daten-4"), "daten-3"),
        (("daten", *(f"daten-{number}" for number in range(2, 1200))), "daten-1200"),
    ],
)
def test_first_free_number(taken: tuple[str, ...], slug: str) -> None:
    assert numbered("daten", taken) == slug


def test_slug_is_free_among_rows_and_reserved_names(in_niedersachsen: BoundNetwork) -> None:
    make_workgroup("daten")
    rows = Workgroup.objects.all()
    assert free_slug("daten", rows) == "daten-2"
    assert free_slug("daten", rows, reserved={"daten-2", "forum"}) == "daten-3"
    assert free_slug("forum", rows, reserved={"daten-2", "forum"}) == "forum-2"
    assert free_slug("dat", rows) == "dat"
