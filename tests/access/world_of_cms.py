"""The CMS's part of a world: pages in every state, files, tags, workflows, redirects, logs, sessions."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.admin.models import EditingSession, FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    CommentReply,
    GroupApprovalTask,
    PageSubscription,
    PageViewRestriction,
    Site,
    UploadedFile,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from dkbm.audit.models import AuditEntry
from dkbm.cms.basepage.models import BasePage
from dkbm.cms.domain.sharing import signed_title
from dkbm.cms.models import HomePage, NetworkDocument, NetworkImage, NetworkLook, NetworkTag, StandardPage
from dkbm.cms.roles import group_name
from tests.access.worlds import World, builder
from tests.factories.uploads import plain_picture


def picture(name: str) -> ImageFile:
    return ImageFile(BytesIO(plain_picture()), name=name)


@builder
def add_files(world: World) -> None:
    collection = Collection.objects.get(pk=world.network.collection_id)
    public = Collection.objects.get(pk=world.network.public_collection_id)
    inner = collection.add_child(name=world.text("Sammlung"))
    restriction = CollectionViewRestriction.objects.create(collection=inner, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name=group_name(world.network.id, "editor")))
    world.add("collection", collection.pk, public.pk, inner.pk)
    tag = NetworkTag.objects.create(name=world.text("Thema"), slug=world.slug("thema"))
    world.add("tag", tag.pk)
    editor = world.people["editor"]
    for place in (public, inner):
        image = NetworkImage.objects.create(
            title=world.text("Bild"),
            file=picture(f"{world.slug('bild')}.png"),
            collection=place,
            uploaded_by_user=editor,
        )
        image.tags.add(tag)
        document = NetworkDocument.objects.create(
            title=world.text("Dokument"),
            file=ContentFile(world.text("Inhalt").encode(), name=f"{world.slug('dokument')}.txt"),
            collection=place,
            uploaded_by_user=editor,
        )
        document.tags.add(tag)
        world.add("image", image.pk)
        world.add(
            "file", image.file.name.partition("/")[2], image.get_rendition("width-20").file.name.partition("/")[2]
        )
        world.add("document", document.pk)
        world.add("document_name", document.filename)
    uploaded = UploadedFile.objects.create(
        file=picture(f"{world.slug('upload')}.png"),
        uploaded_by_user=editor,
        for_content_type=ContentType.objects.get_for_model(NetworkImage),
    )
    world.add("uploaded_file", uploaded.pk)


@builder
def add_pages(world: World) -> None:
    home = HomePage.objects.get(depth=2)
    home.introduction, home.welcome = world.text("Einleitung"), world.text("Willkommen")
    home.save_revision(user=world.people["editor"]).publish()
    live = _page(world, home, "live")
    draft = _page(world, home, "entwurf", live=False)
    secret = _page(world, home, "geschlossen")
    restriction = PageViewRestriction.objects.create(page=secret, restriction_type="login")
    world.add("restriction", restriction.pk)
    # Before the pages that other builders have added: nearly every view of the CMS knows what to do with these.
    world.keys["page"][:0] = [live.pk, draft.pk, home.pk, secret.pk]
    world.add("page_path", f"{live.slug}/", f"{secret.slug}/")
    world.add("page_slug", live.slug)
    comment = Comment.objects.create(
        page=live, user=world.people["editor"], text=world.text("Kommentar"), contentpath="introduction"
    )
    CommentReply.objects.create(comment=comment, user=world.people["manager"], text=world.text("Antwort"))
    PageSubscription.objects.create(page=live, user=world.people["editor"], comment_notifications=True)
    live.locked, live.locked_by, live.locked_at = True, world.people["manager"], timezone.now()
    live.save()
    world.add("signed_title", signed_title(world.text("Titel")))
    _workflow(world, home, draft)
    _sessions(world, live)


def _page(world: World, home: HomePage, what: str, *, live: bool = True) -> StandardPage:
    page = StandardPage(
        title=world.text(f"Seite {what}"),
        slug=world.slug(what),
        introduction=world.text("Text"),
        live=live,
        owner=world.people["editor"],
        locale=home.locale,
        network_id=world.network.id,
    )
    BasePage.objects.get(pk=home.pk).add_child(instance=page)
    for version in ("erste", "zweite"):
        page.introduction = world.text(f"{version} Fassung")
        revision = page.save_revision(user=world.people["editor"], log_action=True)
        world.add("revision", revision.pk)
    if live:
        revision.publish(user=world.people["editor"])
    return page


def _workflow(world: World, home: HomePage, draft: StandardPage) -> None:
    task = GroupApprovalTask.objects.create(name=world.text("Aufgabe"))
    task.groups.add(Group.objects.get(name=group_name(world.network.id, "manager")))
    workflow = Workflow.objects.create(name=world.text("Ablauf"))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=BasePage.objects.get(pk=home.pk))
    state = workflow.start(draft, world.people["editor"])
    world.add("workflow", workflow.pk)
    world.add("task", task.pk)
    world.add("workflow_state", state.pk)
    world.add("task_state", state.current_task_state.pk)


def _sessions(world: World, page: StandardPage) -> None:
    session = EditingSession.objects.create(
        user=world.people["editor"], content_object=page, last_seen_at=timezone.now(), is_editing=True
    )
    world.add("session", session.pk)
    form = urlencode({"title": world.text("Formular"), "body-count": 0})
    FormState.objects.update_or_create_by_instance(
        page, user=world.people["editor"], defaults={"data": form, "last_updated_at": timezone.now()}
    )


@builder
def add_settings(world: World) -> None:
    site = Site.objects.get(pk=world.network.site_id)
    world.add("site", site.pk)
    NetworkLook.objects.update_or_create(site=site, defaults={"accent": "#123456"})
    redirect = Redirect.objects.create(
        old_path=f"/{world.slug('alt')}", site=site, redirect_link=f"/{world.slug('live')}/", is_permanent=True
    )
    world.add("redirect", redirect.pk)
    log(instance=site, action="wagtail.edit", user=world.people["manager"], title=world.text("Protokoll"))
    AuditEntry.objects.create(
        action="role_granted", actor=world.people["manager"], subject=world.people["editor"], reason=world.text("Grund")
    )


def page_type() -> dict[str, Any]:
    return {"content_type_app_name": "cms", "content_type_model_name": "standardpage"}
