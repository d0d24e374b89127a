"""Two people at the same moment, with real threads and commits: pages and tags of one name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.domain.pages import area_page, publish_below
from dkbm.cms.domain.tags import add_tags
from dkbm.cms.models import HomePage, NetworkTag, StandardPage
from dkbm.editorial.models import BlickpunktIndexPage
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person
from tests.meanwhile import meanwhile


@pytest.fixture
def editors(committed_network: BoundNetwork, client_of: Callable[..., Client]) -> list[Client]:
    with bind(committed_network):
        people = [make_person(name, roles=("editor",)) for name in ("Anna Erst", "Berta Zweit")]
    return [client_of(committed_network, person) for person in people]


def home() -> BasePage:
    return BasePage.objects.get(pk=HomePage.objects.get(depth=2).pk)


def form(slug: str, **fields: Any) -> dict[str, Any]:
    return {
        "title": "Neuigkeiten", "slug": slug, "introduction": "", "body-count": 0, "action-publish": "1",
        "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip


def make_page(slug: str, above: BasePage | None = None) -> StandardPage:
    above = above or home()
    page = StandardPage(title=slug, slug=slug, locale_id=above.locale_id)
    publish_below(above, page)
    return page


def numbers_of_children() -> tuple[int, int]:
    """As the tree counts them, and as they are."""
    return home().numchild, home().get_children().count()


def test_two_editors_make_a_page_of_one_address(committed_network: BoundNetwork, editors: list[Client]) -> None:
    with bind(committed_network):
        path = f"/cms/pages/add/cms/standardpage/{home().pk}/"
    with meanwhile(committed_network, lambda: editors[1].post(path, form("aktuelles"))) as second:
        assert editors[0].post(path, form("aktuelles")).status_code == 302
    assert second.result().status_code == 200
    assert second.result().context["form"].errors.keys() == {"slug"}
    with bind(committed_network):
        assert StandardPage.objects.get(slug="aktuelles").title == "Neuigkeiten"
        counted, there = numbers_of_children()
        assert counted == there


def test_two_pages_at_once_get_places_of_their_own(committed_network: BoundNetwork, editors: list[Client]) -> None:
    with bind(committed_network):
        path = f"/cms/pages/add/cms/standardpage/{home().pk}/"
    with meanwhile(committed_network, lambda: editors[1].post(path, form("zwei"))) as second:
        make_page("eins")
    assert second.result().status_code == 302
    with bind(committed_network):
        assert set(home().get_children().filter(slug__in=["eins", "zwei"]).values_list("slug", flat=True)) == {
            "eins",
            "zwei",
        }
        counted, there = numbers_of_children()
        assert counted == there


def test_code_makes_two_pages_at_once(committed_network: BoundNetwork) -> None:
    with meanwhile(committed_network, lambda: make_page("zwei")) as second:
        make_page("eins")
    assert second.result().slug == "zwei"
    with bind(committed_network):
        counted, there = numbers_of_children()
        assert counted == there


def test_page_is_copied_twice_at_once(committed_network: BoundNetwork, editors: list[Client]) -> None:
    with bind(committed_network):
        page = make_page("vorlage")
        sent = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": home().pk}
    path = f"/cms/pages/{page.pk}/copy/"
    with meanwhile(committed_network, lambda: editors[1].post(path, sent)) as second:
        assert editors[0].post(path, sent).status_code == 302
    assert second.result().context["form"].errors.keys() == {"new_slug"}
    with bind(committed_network):
        assert StandardPage.objects.filter(slug="kopie").count() == 1


def test_two_pages_are_given_one_address(committed_network: BoundNetwork, editors: list[Client]) -> None:
    with bind(committed_network):
        paths = [f"/cms/pages/{make_page(slug).pk}/edit/" for slug in ("eins", "zwei")]
    with meanwhile(committed_network, lambda: editors[1].post(paths[1], form("gleich"))) as second:
        assert editors[0].post(paths[0], form("gleich")).status_code == 302
    assert second.result().context["form"].errors.keys() == {"slug"}
    with bind(committed_network):
        assert StandardPage.objects.filter(slug="gleich").count() == 1


@pytest.mark.parametrize(
    ("path", "sent", "answer"),
    [
        ("/cms/pages/{page}/move/{above}/confirm/", {}, 302),
        ("/cms/bulk/basepage/basepage/move/?id={page}", {"chooser": "{above}"}, 200),
        ("/cms/api/main/pages/{page}/action/move/", {"destination_page_id": "{above}", "position": "last-child"}, 400),
    ],
)
def test_two_pages_of_one_address_are_moved_to_one_place(
    committed_network: BoundNetwork, editors: list[Client], path: str, sent: dict[str, str], answer: int
) -> None:
    with bind(committed_network):
        rooms = [make_page(slug) for slug in ("haus", "garten")]
        pages = [make_page("gleich", above=room) for room in rooms]
        above = home().pk
    form = {name: value.format(above=above) for name, value in sent.items()}
    first, second_path = (path.format(page=page.pk, above=above) for page in pages)
    with meanwhile(committed_network, lambda: editors[1].post(second_path, form)) as second:
        assert editors[0].post(first, form).status_code in (200, 302)
    assert second.result().status_code == answer
    with bind(committed_network):
        assert [page.slug for page in home().get_children().filter(slug="gleich")] == ["gleich"]
        assert BasePage.objects.get(pk=rooms[1].pk).get_children().get().slug == "gleich"


def test_page_of_an_area_is_made_once(committed_network: BoundNetwork) -> None:
    def make() -> Any:
        return area_page(BlickpunktIndexPage, title="Blickpunkt", slug="blickpunkt")

    with bind(committed_network):
        for page in BlickpunktIndexPage.objects.all():
            page.delete()
    with meanwhile(committed_network, make) as second:
        first = make()
    assert second.result().pk == first.pk
    with bind(committed_network):
        assert BlickpunktIndexPage.objects.count() == 1


@pytest.mark.parametrize("other", [{"neu": "Neues", "alt": "Altes"}, {"anderes": "Neues"}])
def test_tags_are_added_twice_at_once(committed_network: BoundNetwork, other: dict[str, str]) -> None:
    """By slug, and by name: the second one's is told from it as always."""
    mine = {"alt": "Altes", "neu": "Neues"}
    with meanwhile(committed_network, lambda: add_tags(other)) as second:
        add_tags(mine)
    second.result()
    with bind(committed_network):
        names = dict(NetworkTag.objects.filter(slug__in=[*mine, *other]).values_list("slug", "name"))
    assert names == mine | ({"anderes": "Neues (anderes)"} if "anderes" in other else {})
