"""Privacy that an editor sets for a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from dkbm.cms.models import HomePage, StandardPage
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from tests.factories.people import make_person


@pytest.fixture
def private_page(niedersachsen: BoundNetwork) -> StandardPage:
    """A page below one that is for "logged-in users"."""
    with bind(niedersachsen):
        above = HomePage.objects.get().add_child(instance=StandardPage(title="Intern", slug="intern"))
        PageViewRestriction.objects.create(page=above, restriction_type=PageViewRestriction.LOGIN)
        return above.add_child(instance=StandardPage(title="Protokolle", slug="protokolle"))


@pytest.mark.parametrize(
    ("state", "status"), [(MembershipState.ACTIVE, 200), (MembershipState.REQUESTED, 403), (None, 302)]
)
def test_page_for_the_signed_in_is_for_members(
    niedersachsen: BoundNetwork,
    client_of: Callable[..., Client],
    private_page: StandardPage,
    state: str | None,
    status: int,
) -> None:
    with bind(niedersachsen):
        person = make_person(state=state) if state else None
    client = client_of(niedersachsen, person)
    for path in ("/intern/", "/intern/protokolle/"):
        response: Any = client.get(path)
        page = response.content.decode()
        assert response.status_code == status
        assert ("Diese Seite ist für Mitglieder" in page) == (status == 403)
        assert ("Protokolle" in page or "Intern" in page) == (status == 200)
        assert "no-store" in response["Cache-Control"]


def test_public_page_is_open_to_those_who_wait(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        HomePage.objects.get().add_child(instance=StandardPage(title="Offen", slug="offen"))
        person = make_person(state=MembershipState.REQUESTED)
    assert client_of(niedersachsen, person).get("/offen/").status_code == 200
