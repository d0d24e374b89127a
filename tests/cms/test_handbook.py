"""The editors' handbook: in the menu, for editors and managers, whole and linked."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_handbook_is_reached_from_the_menu(niedersachsen: BoundNetwork, client_of: Any, role: str) -> None:
    with bind(niedersachsen):
        person = make_person(roles=(role,))
    client = client_of(niedersachsen, person)
    assert "/cms/handbuch/" in client.get("/cms/").content.decode()
    page = client.get("/cms/handbuch/").content.decode()
    assert "<h1>Handbuch für die Redaktion</h1>" in page
    assert "<td>veröffentlichte Seiten, Blickpunkt, Textseiten</td>" in page
    anchors = re.findall(r'<li><a href="#([\w-]+)">', page)
    assert len(anchors) == 14
    assert all(f'<h2 id="{anchor}">' in page for anchor in anchors)


@pytest.mark.parametrize("role", ["guest", "member"])
def test_handbook_is_for_the_editors(niedersachsen: BoundNetwork, client_of: Any, role: str) -> None:
    with bind(niedersachsen):
        person = make_person() if role == "member" else None
    assert client_of(niedersachsen, person).get("/cms/handbuch/").status_code == 302
