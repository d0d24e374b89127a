"""One mailbox has one spelling, whatever a person or a browser writes."""

from __future__ import annotations

import pytest

from dkbm.core.addresses import normal_address, normal_domain, readable_address


@pytest.mark.parametrize(
    ("typed", "stored", "read"),
    [
        ("Kita@Grün.example.org", "kita@xn--grn-ioa.example.org", "kita@grün.example.org"),
        ("kita@xn--grn-ioa.example.org", "kita@xn--grn-ioa.example.org", "kita@grün.example.org"),
        ("KITA@XN--GRN-IOA.example.org", "kita@xn--grn-ioa.example.org", "kita@grün.example.org"),
        (" kita@gru\u0308n.example.org ", "kita@xn--grn-ioa.example.org", "kita@grün.example.org"),
        ("a@straße.example.org", "a@xn--strae-oqa.example.org", "a@straße.example.org"),
        ("a@strasse.example.org", "a@strasse.example.org", "a@strasse.example.org"),
        ("a@foo_bar.example.org", "a@foo_bar.example.org", "a@foo_bar.example.org"),
        ("a@xn--zzzz---.de", "a@xn--zzzz---.de", "a@xn--zzzz---.de"),
        ("a@[127.0.0.1]", "a@[127.0.0.1]", "a@[127.0.0.1]"),
        ("keine Adresse", "keine adresse", "keine adresse"),
        ("", "", ""),
    ],
)
def test_spellings_of_a_mailbox(typed: str, stored: str, read: str) -> None:
    assert (normal_address(typed), readable_address(stored)) == (stored, read)
    assert normal_address(stored) == stored
    assert normal_address(read) == stored


def test_signs_of_another_script_stay_as_machines_write_them() -> None:
    """A Cyrillic "а" in ``bаnk.example.org`` looks like another's domain."""
    stored = normal_address("a@b\u0430nk.example.org")
    assert readable_address(stored) == stored


def test_domain_alone() -> None:
    assert normal_domain(" Grün.example.org") == "xn--grn-ioa.example.org"
    assert readable_address("xn--grn-ioa.example.org") == "grün.example.org"
