"""Every view of ``/cms/`` is classified, and the gate does what the lists say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dkbm.cms.gate_lists import network_views, operator_views, register_cms_views
from dkbm.tenancy.context import BoundNetwork, bind
from tests.access.urls import network_patterns
from tests.factories.people import make_person


def cms_names() -> set[str]:
    return {pattern.name for pattern in network_patterns() if pattern.route.startswith("cms/")} - {""}


def test_every_view_stands_on_exactly_one_list() -> None:
    assert not network_views() & operator_views()
    assert cms_names() == network_views() | operator_views()


@pytest.mark.parametrize("namespace", ["wagtailusers_users", "wagtailsites", "wagtailimages", "dkbm_catalogue"])
def test_no_app_opens_views_that_are_not_its_own(namespace: str) -> None:
    with pytest.raises(ValueError, match="already"):
        register_cms_views(namespace, network="index edit")
    assert f"{namespace}:edit" in network_views() | operator_views()


@pytest.mark.parametrize(
    "path",
    ["users/", "groups/", "sites/", "login/", "password_reset/", "redirects/import/", "test404/", "gibt-es-nicht/"],
)
@pytest.mark.parametrize("role", ["editor", "manager"])
def test_operators_views_are_missing_on_a_networks_host(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], path: str, role: str
) -> None:
    with bind(niedersachsen):
        person = make_person(roles=(role,))
    assert client_of(niedersachsen, person).get(f"/cms/{path}").status_code == 404


def test_members_without_a_role_are_sent_away(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        person = make_person()
    assert client_of(niedersachsen, person).get("/cms/").status_code == 302


def test_guests_are_sent_to_our_sign_in(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    response = client_of(niedersachsen).get("/cms/")
    assert response["Location"] == "/konto/login/?next=/cms/"


def test_people_cannot_be_changed_by_bulk_actions(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        manager = make_person(roles=("manager",))
    response = client_of(niedersachsen, manager).get(f"/cms/bulk/accounts/person/delete/?id={manager.pk}")
    assert response.status_code == 404
