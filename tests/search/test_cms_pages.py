"""Pages of the CMS are found as they stand: published, moved, restricted, deleted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import PageViewRestriction

from dkbm.cms.models import StandardPage
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.pages import make_page
from tests.factories.people import make_person


def found() -> dict[str, str]:
    return {entry.slug: entry.url for entry in SearchEntry.objects.filter(type="page", slug__startswith="ueber")}


def test_published_page_is_indexed_with_its_text(in_niedersachsen: BoundNetwork) -> None:
    page = make_page()
    entry = SearchEntry.objects.get(type="page", key=str(page.pk))
    assert entry.body == "Wer wir sind\nEine Transferagentur für Xylophone\nOrt\nHannover"
    assert (entry.url, entry.visibility) == ("/ueber-uns/", "public")


def test_draft_is_not_indexed_and_unpublished_page_is_taken_out(in_niedersachsen: BoundNetwork) -> None:
    make_page("ueber-entwurf", live=False)
    assert found() == {}
    page = make_page()
    assert found() == {"ueber-uns": "/ueber-uns/"}
    page.unpublish()
    assert found() == {}


def test_moved_and_renamed_pages_take_their_children_along(
    in_niedersachsen: BoundNetwork, django_capture_on_commit_callbacks: Any
) -> None:
    first, target = make_page("ueber-a"), make_page("ueber-b")
    make_page("ueber-c", parent=first)
    first.refresh_from_db()
    first.move(target, pos="last-child")
    assert found() == {
        "ueber-a": "/ueber-b/ueber-a/",
        "ueber-b": "/ueber-b/",
        "ueber-c": "/ueber-b/ueber-a/ueber-c/",
    }
    target.refresh_from_db()
    target.slug = "ueber-neu"
    with django_capture_on_commit_callbacks(execute=True):
        target.save_revision().publish()
    assert found()["ueber-c"] == "/ueber-neu/ueber-a/ueber-c/"


def test_deleted_page_goes_with_its_children(in_niedersachsen: BoundNetwork) -> None:
    page = make_page("ueber-a")
    make_page("ueber-c", parent=page)
    StandardPage.objects.get(pk=page.pk).delete()
    assert found() == {}


@pytest.mark.parametrize(
    ("kind", "guest", "member"), [("login", [], ["ueber-a"]), ("groups", [], []), ("password", [], [])]
)
def test_restricted_page_is_found_by_whom_it_is_for(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], kind: str, guest: list[str], member: list[str]
) -> None:
    with bind(niedersachsen):
        person = make_person()
        page = make_page("ueber-a")
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="geheim")
    for client, expected in ((client_of(niedersachsen), guest), (client_of(niedersachsen, person), member)):
        answer = client.get("/api/v1/search?q=xylophon").json()
        assert [result["slug"] for result in answer["results"]] == expected
        assert answer["total"] == len(expected)


def test_rebuild_search_writes_what_is_live_and_drops_the_rest(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, capsys: pytest.CaptureFixture[str]
) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            page = make_page()
            SearchEntry.objects.filter(key=str(page.pk)).update(key="verwaist")
    call_command("rebuild_search", network="niedersachsen")
    with bind(niedersachsen):
        pages = SearchEntry.objects.filter(type="page").count()
        assert capsys.readouterr().out == f"niedersachsen: page {pages}\n"
        assert not SearchEntry.objects.filter(key="verwaist").exists()
        assert found() == {"ueber-uns": "/ueber-uns/"}
    with bind(bayern):
        assert SearchEntry.objects.filter(key="verwaist").exists()
    call_command("rebuild_search")
    with bind(bayern):
        assert not SearchEntry.objects.filter(key="verwaist").exists()


def test_rebuild_search_names_an_unknown_network(niedersachsen: BoundNetwork) -> None:
    with pytest.raises(CommandError, match=r"„atlantis“ gibt es nicht\. Vorhanden: niedersachsen, bayern"):
        call_command("rebuild_search", network="atlantis")
