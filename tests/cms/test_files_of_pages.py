"""A file is for members until a page for all shows it; what a collection keeps for some, no page opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    PageViewRestriction,
    TaskState,
    Workflow,
    WorkflowTask,
)
from wagtail.test.utils.form_data import nested_form_data, streamfield

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage, NetworkDocument, NetworkImage, NetworkLook, StandardPage
from dkbm.cms.roles import group_name
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import network_by_id
from dkbm.tenancy.models import Network
from goodpractice.models import Transfergegenstand
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.files import collection, make_document
from tests.factories.groups import make_workgroup
from tests.factories.people import make_person
from tests.factories.publications import make_image, make_issue

pytestmark = pytest.mark.usefixtures("media")


class Files:
    """A picture and a document in the network's own collection, which is for members."""

    def __init__(self) -> None:
        self.image: NetworkImage = make_image("Gruppenfoto")
        self.image.collection = collection()
        self.image.save()
        self.document: NetworkDocument = make_document("Protokoll")

    @property
    def body(self) -> list[tuple[str, Any]]:
        return [
            ("picture", {"image": self.image, "caption": ""}),
            ("text", f'<p><a linktype="document" id="{self.document.pk}">Datei</a></p>'),
        ]

    def urls(self) -> list[str]:
        rendition = self.image.get_rendition("max-1200x1200").url
        drawn = f"/datei/bild/{self.image.pk}/0/ganz-40.webp"
        return [f"/datei/{self.image.file.name}", rendition, drawn, self.document.url]

    def keep_for(self, kind: str) -> None:
        """In a collection of their own."""
        own = Collection.objects.get(pk=collection().pk).add_child(name="Für wenige")
        CollectionViewRestriction.objects.create(collection=own, restriction_type=kind)
        for each in (self.image, self.document):
            each.collection = own
            each.save()


@pytest.fixture
def files(niedersachsen: BoundNetwork) -> Files:
    with bind(niedersachsen):
        return Files()


@pytest.fixture
def seen(niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files) -> Callable[[], bool]:
    """Whether a guest gets the files: all of them, or none."""

    def ask() -> bool:
        with bind(niedersachsen):
            urls = files.urls()
        answers = [client_of(niedersachsen).get(url) for url in urls]
        for answer in answers:
            if answer.status_code == 200:
                b"".join(answer.streaming_content)
        found = {answer.status_code for answer in answers}
        assert found in ({200}, {404})
        return found == {200}

    return ask


def make_page(body: Any, *, slug: str = "seite") -> StandardPage:
    page: StandardPage = HomePage.objects.get().add_child(instance=StandardPage(title="Seite", slug=slug, live=False))
    page.body = body
    page.save_revision()
    return page


def publish(page: Any) -> None:
    page.get_latest_revision().publish()
    page.refresh_from_db()


def test_guests_see_a_file_as_long_as_a_page_for_all_shows_it(
    niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool]
) -> None:
    assert not seen()
    with bind(niedersachsen):
        page = make_page(files.body)
    assert not seen()
    with bind(niedersachsen):
        publish(page)
    assert seen()
    with bind(niedersachsen):
        page.unpublish()
    assert not seen()
    with bind(niedersachsen):
        publish(page)
        page.delete()
    assert not seen()


def test_page_that_shows_it_no_more_takes_it_back(
    niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool]
) -> None:
    with bind(niedersachsen):
        page = make_page(files.body)
        publish(page)
        page.body = []
        page.save_revision()
    assert seen()
    with bind(niedersachsen):
        publish(page)
    assert not seen()


def test_draft_of_a_published_page_opens_nothing(
    niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool]
) -> None:
    with bind(niedersachsen):
        page = make_page([])
        publish(page)
        page.body = files.body
        page.save_revision()
    assert not seen()


@pytest.mark.parametrize("of", ["page", "page_above"])
def test_private_page_opens_nothing(
    niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool], of: str
) -> None:
    with bind(niedersachsen):
        page = make_page(files.body)
        publish(page)
        closed = page if of == "page" else page.get_parent()
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    assert not seen()


def test_page_of_a_workgroup_is_for_all(niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool]) -> None:
    with bind(niedersachsen):
        page = make_workgroup("ag1", number=1).page
        page.aims = files.body
        page.save_revision().publish()
    assert seen()


@pytest.mark.parametrize(
    ("values", "opens"), [({}, True), ({"visibility": "members"}, False), ({"state": "archived"}, False)]
)
def test_file_of_an_example_is_seen_by_whom_the_example_is_for(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files, values: dict[str, str], opens: bool
) -> None:
    """Who reads it is said by the row, not by the page."""
    with bind(niedersachsen):
        load_vocabulary()
        item = make_item("beispiel")
        item.page.initiierung = f'<p><a linktype="document" id="{files.document.pk}">Datei</a></p>'
        item.page.save_revision().publish()
        Transfergegenstand.objects.filter(pk=item.pk).update(**values)
        member = make_person()
    guest = client_of(niedersachsen).get(files.document.url)
    assert guest.status_code == (200 if opens else 404)
    answers = [guest, client_of(niedersachsen, member).get(files.document.url)]
    assert [bool(b"".join(each.streaming_content)) for each in answers if each.status_code == 200][-1]


@pytest.mark.parametrize("kind", [CollectionViewRestriction.GROUPS, CollectionViewRestriction.LOGIN])
def test_file_kept_for_some_stays_so_whatever_shows_it(
    niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool], kind: str
) -> None:
    with bind(niedersachsen):
        files.keep_for(kind)
        publish(make_page(files.body))
        NetworkLook.objects.create(site_id=Network.objects.get().site_id, logo=files.image)
    assert not seen()


def test_cover_and_booklet_of_an_issue_are_seen_with_it(
    niedersachsen: BoundNetwork, files: Files, seen: Callable[[], bool]
) -> None:
    with bind(niedersachsen):
        issue = make_issue()
        issue.cover, issue.cover_alt, issue.document = files.image, "Eine Gruppe", files.document
        issue.save_revision().publish()
    assert seen()


def test_everybody_sees_the_logo(niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files) -> None:
    with bind(niedersachsen):
        look = NetworkLook.objects.create(site_id=Network.objects.get().site_id, logo=files.image)
        url = files.image.get_rendition("max-240x96").url
    guest = client_of(niedersachsen)
    assert url in guest.get("/impressum/").content.decode()
    assert b"".join(guest.get(url).streaming_content)
    with bind(niedersachsen):
        look.delete()
    assert guest.get(url).status_code == 404


def test_logo_that_a_collection_keeps_for_some_is_refused(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files
) -> None:
    with bind(niedersachsen):
        files.keep_for(CollectionViewRestriction.GROUPS)
        manager = client_of(niedersachsen, make_person(roles=("manager",)))
        path = f"/cms/settings/cms/networklook/{Network.objects.get().site_id}/"
    page = manager.post(path, {"accent": "#0b5a5e", "logo": str(files.image.pk)}).content.decode()
    assert "Gäste sähen kein Logo." in page


OPENED = "Solange diese Seite veröffentlicht ist, sehen alle auch diese Dateien: „Gruppenfoto“, „Protokoll“."
CLOSED = "Gäste sehen auf dieser Seite nicht: „Gruppenfoto“, „Protokoll“."


def send(editor: Client, page: Any, files: Files, asked: dict[str, str]) -> Any:
    picture = {"image": {"image": files.image.pk, "alt_text": "Alle zusammen"}, "caption": ""}
    body = streamfield([("picture", picture), ("download", {"document": files.document.pk, "title": ""})])
    plain = {"title": "Seite", "slug": "seite", "introduction": "", "seo_title": "", "search_description": ""}
    return editor.post(f"/cms/pages/{page.pk}/edit/", nested_form_data({**plain, "body": body, **asked}), follow=True)


def by_its_form(editor: Client, page: Any, files: Files) -> Any:
    return send(editor, page, files, {"action-publish": "1"})


def with_others(editor: Client, page: Any, files: Files) -> Any:
    path = f"/cms/bulk/basepage/basepage/publish/?id={page.pk}&next=/cms/"
    return editor.post(path, {"include_descendants": ""}, follow=True)


def in_a_workflow(page: Any) -> TaskState:
    """It waits for the managers."""
    workflow, task = Workflow.objects.create(name="Freigabe"), GroupApprovalTask.objects.create(name="Prüfung")
    task.groups.add(Group.objects.get(name=group_name(page.network_id, "manager")))
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state: TaskState = workflow.start(page, make_person("Eva Autorin", roles=("editor",))).current_task_state
    return state


def by_approval(editor: Client, page: Any, files: Files) -> Any:
    with bind(network_by_id(page.network_id)):
        state = in_a_workflow(page)
    editor.post(f"/cms/pages/workflow/action/{page.pk}/approve/{state.pk}/", {"comment": ""})
    return editor.get("/cms/")


def by_approval_in_its_form(editor: Client, page: Any, files: Files) -> Any:
    with bind(network_by_id(page.network_id)):
        in_a_workflow(page)
    return send(editor, page, files, {"action-workflow-action": "1", "workflow-action-name": "approve"})


def by_the_api(editor: Client, page: Any, files: Files) -> Any:
    assert editor.post(f"/cms/api/main/pages/{page.pk}/action/publish/").status_code == 200
    return editor.get("/cms/")


@pytest.mark.parametrize("way", [by_its_form, with_others, by_approval, by_approval_in_its_form, by_the_api])
@pytest.mark.parametrize(
    ("kind", "said"), [("", OPENED), (CollectionViewRestriction.GROUPS, CLOSED), ("private", ""), ("public", "")]
)
def test_editor_reads_at_publishing_who_sees_the_files(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files, kind: str, said: str, way: Any
) -> None:
    with bind(niedersachsen):
        if kind == CollectionViewRestriction.GROUPS:
            files.keep_for(kind)
        if kind == "public":
            for each in (files.image, files.document):
                each.collection = collection(public=True)
                each.save()
        page = make_page(files.body)
        if kind == "private":
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        editor = client_of(niedersachsen, make_person(roles=("manager",)))
    text = " ".join(way(editor, page, files).content.decode().split())
    with bind(niedersachsen):
        assert StandardPage.objects.get(pk=page.pk).live
    assert [sentence for sentence in (OPENED, CLOSED) if sentence in text] == ([said] if said else [])


SCHEDULED = "Sobald diese Seite veröffentlicht ist, sehen alle auch diese Dateien: „Gruppenfoto“, „Protokoll“."
LATER = {"go_live_at": "2099-01-01 10:00"}


def for_a_day(editor: Client, page: Any, files: Files) -> Any:
    return send(editor, page, files, {"action-publish": "1", **LATER})


def approved_for_a_day(editor: Client, page: Any, files: Files) -> Any:
    send(editor, page, files, LATER)
    return by_approval(editor, BasePage.objects.get(pk=page.pk), files)


@pytest.mark.parametrize("way", [for_a_day, approved_for_a_day])
@pytest.mark.parametrize(
    ("kind", "said"), [("", SCHEDULED), (CollectionViewRestriction.GROUPS, CLOSED), ("private", "")]
)
def test_editor_reads_at_scheduling_who_will_see_the_files(
    in_niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files, kind: str, said: str, way: Any
) -> None:
    if kind == CollectionViewRestriction.GROUPS:
        files.keep_for(kind)
    page = make_page([])
    if kind == "private":
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    editor = client_of(in_niedersachsen, make_person(roles=("manager",)))
    text = " ".join(way(editor, page, files).content.decode().split())
    now = StandardPage.objects.get(pk=page.pk)
    assert (now.live, now.scheduled_revision is not None) == (False, True)
    assert [sentence for sentence in (SCHEDULED, OPENED, CLOSED) if sentence in text] == ([said] if said else [])


def test_copy_of_a_page_that_is_published_too_says_so(
    in_niedersachsen: BoundNetwork, client_of: Callable[..., Client], files: Files
) -> None:
    page = make_page(files.body)
    publish(page)
    editor = client_of(in_niedersachsen, make_person(roles=("manager",)))
    sent = {
        "new_title": "Kopie", "new_slug": "kopie", "new_parent_page": HomePage.objects.get().pk, "publish_copies": "on"
    }  # fmt: skip
    text = " ".join(editor.post(f"/cms/pages/{page.pk}/copy/", sent, follow=True).content.decode().split())
    assert StandardPage.objects.get(slug="kopie").live
    assert OPENED in text
