"""A page below the home page cannot take an address of the platform, whichever way it gets there."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage, StandardPage
from dkbm.tenancy.context import BoundNetwork
from tests.factories.people import make_person

SENTENCE = "„konto“ ist für die Plattform reserviert."


@pytest.fixture
def editor(in_niedersachsen: BoundNetwork, client_of: Any) -> Client:
    client: Client = client_of(in_niedersachsen, make_person("Eva Editor", roles=("editor",)))
    return client


@pytest.fixture
def home(in_niedersachsen: BoundNetwork) -> BasePage:
    return BasePage.objects.get(pk=HomePage.objects.get(depth=2).pk)


def form(slug: str, **fields: Any) -> dict[str, Any]:
    return {
        "title": "Seite", "slug": slug, "introduction": "Was hier steht", "body-count": 0,
        "action-publish": "1", **fields,
    }  # fmt: skip


def below(parent: Any, slug: str, **fields: Any) -> StandardPage:
    page = StandardPage(title=slug, slug=slug, locale=parent.locale, network_id=parent.network_id, **fields)
    parent.add_child(instance=page)
    return page


def test_form_says_so_beside_the_field_and_keeps_the_rest(editor: Client, home: BasePage) -> None:
    response = editor.post(f"/cms/pages/add/cms/standardpage/{home.pk}/", form("konto"))
    assert SENTENCE in response.text
    assert "Was hier steht" in response.text
    assert not StandardPage.objects.filter(slug="konto").exists()


def test_slug_of_a_page_that_exists_cannot_become_one(editor: Client, home: BasePage) -> None:
    page = below(home, "aktuelles")
    assert SENTENCE in editor.post(f"/cms/pages/{page.pk}/edit/", form("konto")).text
    assert StandardPage.objects.get(pk=page.pk).slug == "aktuelles"


def test_deeper_pages_are_called_as_they_like(editor: Client, home: BasePage) -> None:
    page = below(home, "aktuelles")
    assert editor.post(f"/cms/pages/add/cms/standardpage/{page.pk}/", form("konto")).status_code == 302
    assert StandardPage.objects.get(slug="konto").depth == 4


def test_neither_copy_nor_move_takes_one(editor: Client, home: BasePage) -> None:
    page = below(below(home, "aktuelles"), "konto")
    moved = editor.post(f"/cms/pages/{page.pk}/move/{home.pk}/confirm/", follow=True)
    assert SENTENCE in moved.text
    copy = {"new_title": "Seite", "new_slug": "konto", "new_parent_page": home.pk}
    assert SENTENCE in editor.post(f"/cms/pages/{page.pk}/copy/", copy, follow=True).text
    assert [found.depth for found in StandardPage.objects.filter(slug="konto")] == [4]


@pytest.mark.parametrize("live", [True, False], ids=["published", "draft"])
def test_several_moved_at_once_stay_where_they_are(editor: Client, home: BasePage, live: bool) -> None:
    area = below(home, "aktuelles")
    pages = [below(area, "rathaus", live=live), below(area, "konto", live=live)]
    ids = "&".join(f"id={page.pk}" for page in pages)
    moved = editor.post(
        f"/cms/bulk/basepage/basepage/move/?{ids}&next=/cms/pages/{area.pk}/", {"chooser": home.pk}, follow=True
    )
    assert SENTENCE in moved.text
    assert [page.depth for page in StandardPage.objects.filter(pk__in=[page.pk for page in pages])] == [4, 4]


@pytest.mark.parametrize("live", [True, False], ids=["published", "draft"])
@pytest.mark.parametrize("action", ["move", "copy"])
def test_api_of_the_cms_takes_none(editor: Client, home: BasePage, action: str, live: bool) -> None:
    page = below(below(home, "aktuelles"), "konto", live=live)
    data = {"destination_page_id": home.pk, "position": "last-child"}
    response = editor.post(f"/cms/api/main/pages/{page.pk}/action/{action}/", data, content_type="application/json")
    assert response.status_code == 400
    assert SENTENCE in response.json()["slug"][0]
    assert [found.depth for found in StandardPage.objects.filter(slug="konto")] == [4]


def test_code_cannot_make_one(home: BasePage) -> None:
    with pytest.raises(ValidationError, match="für die Plattform reserviert"):
        below(home, "konto")
