"""Pages of groups in the real CMS: whatever editors click, rows stay as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from wagtail.models import PageViewRestriction

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.groups import make_colleague, make_member, make_subgroup, make_workgroup
from workgroups.models import GroupMembership, Workgroup, WorkgroupIndexPage, WorkgroupPage

ADVICE = "Die Seite gehört zu „AG 1 Bildung“ und bleibt an ihrem Platz"


@pytest.fixture(params=["editor", "manager"])
def editor(request: Any, niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1, name="Bildung", description="Worum es geht.", aims=["Ein Ziel"])
        make_member(group, office="speaker")
        make_subgroup(group)
        person = make_colleague(roles=(request.param,))
    return client_of(niedersachsen, person)


def rows(network: BoundNetwork) -> tuple[list[Any], list[Any], list[Any]]:
    """Rows of groups and memberships, and place and number of their pages."""
    with bind(network):
        return (
            list(Workgroup.objects.order_by("pk").values()),
            list(GroupMembership.objects.order_by("pk").values()),
            list(WorkgroupPage.objects.order_by("pk").values_list("pk", "path", "slug", "title")),
        )


def ids(network: BoundNetwork) -> tuple[int, int, int]:
    """Keys of the group's page, the index page and the home page."""
    with bind(network):
        return WorkgroupPage.objects.get().pk, WorkgroupIndexPage.objects.get().pk, HomePage.objects.get(depth=2).pk


def assert_refused(answer: Any) -> None:
    assert answer.redirect_chain
    assert escape(ADVICE) in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_deleting_is_refused(niedersachsen: BoundNetwork, editor: Client, method: str) -> None:
    page, _index, _home = ids(niedersachsen)
    before = rows(niedersachsen)
    assert_refused(getattr(editor, method)(f"/cms/pages/{page}/delete/", follow=True))
    assert rows(niedersachsen) == before


def test_deleting_the_page_above_never_deletes_groups(niedersachsen: BoundNetwork, editor: Client) -> None:
    _page, index, _home = ids(niedersachsen)
    before = rows(niedersachsen)
    assert editor.post(f"/cms/pages/{index}/delete/").status_code == 302
    assert rows(niedersachsen) == before


@pytest.mark.parametrize("target", ["page", "index"])
def test_bulk_deleting_is_refused(niedersachsen: BoundNetwork, editor: Client, target: str) -> None:
    page, index, home = ids(niedersachsen)
    before = rows(niedersachsen)
    chosen = page if target == "page" else index
    url = f"/cms/bulk/basepage/basepage/delete/?id={chosen}&next=/cms/pages/{home}/"
    answer = editor.post(url, {"confirm_site_name": "Transfernetz"}, follow=True)
    if target == "page":
        assert_refused(answer)
    assert rows(niedersachsen) == before


def test_bulk_moving_is_refused(niedersachsen: BoundNetwork, editor: Client) -> None:
    page, index, _home = ids(niedersachsen)
    before = rows(niedersachsen)
    answer = editor.post(f"/cms/bulk/basepage/basepage/move/?id={page}&next=/cms/pages/{index}/", {"chooser": index})
    assert answer.status_code in (200, 302)
    assert rows(niedersachsen) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_moving_is_refused(niedersachsen: BoundNetwork, editor: Client, method: str) -> None:
    page, _index, home = ids(niedersachsen)
    before = rows(niedersachsen)
    assert_refused(getattr(editor, method)(f"/cms/pages/{page}/move/{home}/confirm/", follow=True))
    assert rows(niedersachsen) == before


@pytest.mark.parametrize("alias", ["", "on"])
def test_copying_is_refused(niedersachsen: BoundNetwork, editor: Client, alias: str) -> None:
    page, index, _home = ids(niedersachsen)
    before = rows(niedersachsen)
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": str(index), "alias": alias}
    assert_refused(editor.post(f"/cms/pages/{page}/copy/", data, follow=True))
    assert rows(niedersachsen) == before


@pytest.mark.parametrize("target", ["page", "index"])
@pytest.mark.parametrize("action", ["copy", "create_alias", "delete", "move"])
def test_api_of_the_cms_refuses_too(niedersachsen: BoundNetwork, editor: Client, target: str, action: str) -> None:
    page, index, home = ids(niedersachsen)
    before = rows(niedersachsen)
    chosen = page if target == "page" else index
    data = {"destination_page_id": home, "slug": "kopie", "title": "Kopie", "recursive": True}
    answer = editor.post(
        f"/cms/api/main/pages/{chosen}/action/{action}/", json.dumps(data), content_type="application/json"
    )
    assert (answer.status_code, ADVICE in answer.content.decode()) == (400, True)
    assert rows(niedersachsen) == before


def test_page_cannot_be_created_by_hand(niedersachsen: BoundNetwork, editor: Client) -> None:
    _page, index, _home = ids(niedersachsen)
    answer = editor.post(
        f"/cms/pages/add/workgroups/workgrouppage/{index}/", {"title": "Neu", "slug": "neu-hier", "aims-count": "0"}
    )
    assert answer.status_code in (302, 403)
    with bind(niedersachsen):
        assert WorkgroupPage.objects.count() == 1


def test_unpublishing_takes_the_text_away_and_leaves_the_group(niedersachsen: BoundNetwork, editor: Client) -> None:
    page, _index, _home = ids(niedersachsen)
    before = rows(niedersachsen)
    assert editor.post(f"/cms/pages/{page}/unpublish/").status_code == 302
    assert rows(niedersachsen) == before
    text = editor.get("/ag/ag1/").content.decode()
    assert "Ein Ziel" not in text
    assert "Worum es geht." in text


def test_editing_publishes_the_text_but_never_name_or_address(niedersachsen: BoundNetwork, editor: Client) -> None:
    page, _index, _home = ids(niedersachsen)
    before = rows(niedersachsen)
    form = editor.get(f"/cms/pages/{page}/edit/")
    assert form.status_code == 200
    assert 'name="slug"' not in form.content.decode()
    data = {"title": "Gekapert", "slug": "gekapert", "introduction": "Neuer Text.", "action-publish": "1"}
    answer = editor.post(f"/cms/pages/{page}/edit/", {**data, **stream(), "comments-TOTAL_FORMS": "0",
                         "comments-INITIAL_FORMS": "0"})  # fmt: skip
    assert answer.status_code == 302
    assert rows(niedersachsen) == before
    text = editor.get("/ag/ag1/").content.decode()
    assert "Neuer Text." in text
    assert "AG 1 Bildung" in text
    assert "Gekapert" not in text


def stream() -> dict[str, str]:
    return {"aims-count": "0", "search_description": ""}


def test_reverting_brings_the_old_text_back_and_leaves_the_group(niedersachsen: BoundNetwork, editor: Client) -> None:
    page_id, _index, _home = ids(niedersachsen)
    with bind(niedersachsen):
        page = WorkgroupPage.objects.get()
        first = page.latest_revision_id
        page.introduction = "Zweite Fassung."
        page.save_revision().publish()
    before = rows(niedersachsen)
    assert editor.get(f"/cms/pages/{page_id}/revisions/{first}/revert/").status_code == 200
    answer = editor.post(
        f"/cms/api/main/pages/{page_id}/action/revert_to_page_revision/",
        json.dumps({"revision_id": first}),
        content_type="application/json",
    )
    assert answer.status_code == 200
    with bind(niedersachsen):
        WorkgroupPage.objects.get().latest_revision.publish()
    assert rows(niedersachsen) == before
    assert "Worum es geht." in editor.get("/ag/ag1/").content.decode()


def test_page_without_a_group_is_left_to_the_editors(niedersachsen: BoundNetwork, editor: Client) -> None:
    page, _index, _home = ids(niedersachsen)
    with bind(niedersachsen):
        Workgroup.objects.workgroups().update(page=None)
    assert editor.post(f"/cms/pages/{page}/delete/").status_code == 302
    with bind(niedersachsen):
        assert not BasePage.objects.filter(pk=page).exists()
        assert Workgroup.objects.workgroups().count() == 1


def test_group_survives_a_page_deleted_past_the_cms(niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        group = make_workgroup("ag1", number=1)
        WorkgroupPage.objects.get().delete()
        group.refresh_from_db()
        assert group.page is None
        again = make_workgroup("ag1", number=1)
        assert (again.pk, again.page.slug) == (group.pk, "ag1")


def test_privacy_is_not_offered_for_pages_of_groups(niedersachsen: BoundNetwork, editor: Client) -> None:
    """Their rows say who reads what."""
    page, index, _home = ids(niedersachsen)
    for page_id in (page, index):
        editor.post(f"/cms/pages/{page_id}/privacy/", {"restriction_type": "login"})
    with bind(niedersachsen):
        assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("action", ["delete", "copy"])
def test_home_page_of_a_network_without_groups_stays(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], action: str
) -> None:
    with bind(niedersachsen):
        home, person = HomePage.objects.get().pk, make_colleague(roles=("manager",))
    data = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": str(home)}
    answer = client_of(niedersachsen, person).post(f"/cms/pages/{home}/{action}/", data, follow=True)
    assert "Die Startseite gehört zum Netzwerk. Sie kann nur bearbeitet werden." in answer.content.decode()
    with bind(niedersachsen):
        assert HomePage.objects.get().pk == home
