"""One telephone number that can be dialled."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from dkbm.core.phones import dialled, validate_phone


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("04231 15-0", "04231150"),
        ("(089) 99998-372", "08999998372"),
        ("+49 (0)4231 15-0", "+494231150"),
        ("+49 4231/15.0", "+494231150"),
        ("110", "110"),
    ],
)
def test_number_can_be_dialled(written: str, number: str) -> None:
    validate_phone(written)
    assert dialled(written) == number


@pytest.mark.parametrize(
    "written", ["nach Vereinbarung", "04231 15-0 oder 15-1", "12", "0" * 19, "tel:04231", "-", "a@b.de", "04231, 15"]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError, match="einzige Telefonnummer"):
        validate_phone(written)
