"""A new example: all members find it on their page, who asked for it gets a mail; imports tell nobody."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.accounts.models import Person
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork
from goodpractice.domain.saving import ItemValues, save_item
from goodpractice.models import Transfergegenstand, TransfergegenstandPage
from tests.factories.catalogue import make_item
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def editor(in_niedersachsen: BoundNetwork) -> Person:
    return make_person(roles=("editor",))


def write(**fields: Any) -> Transfergegenstand:
    values = {"title": "Bildungsbüro", "kind": "angebot", "visibility": "members", **fields}
    return save_item(Transfergegenstand(slug="bildungsbuero"), ItemValues(**values))


def publish(item: Transfergegenstand, editor: Person | None) -> None:
    page = TransfergegenstandPage.objects.get(pk=item.page_id)
    page.summary = "Ein Büro für alle Fragen der Bildung."
    page.save_revision(user=editor, clean=False).publish(user=editor)


def told() -> set[object]:
    return set(Notification.objects.values_list("person_id", flat=True))


def test_members_are_told_when_its_text_is_published_first(editor: Person) -> None:
    member, follower, _waiting = make_person(), make_person(), make_person(state="requested")
    set_wish(kind="catalogue.example", person=follower, level=Level.AT_ONCE)
    item = write()
    assert told() == set()
    publish(item, editor)
    assert told() == {member.pk, follower.pk}
    row = Notification.objects.get(person=member)
    assert (sentence_of(row), row.path) == ("Neu im Katalog: „Bildungsbüro“.", item.get_absolute_url())
    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject) == (follower, "[Niedersachsen] Neues Beispiel: Bildungsbüro")
    assert "Ein Büro für alle Fragen der Bildung." in mail.body


def test_later_changes_are_told_to_nobody(editor: Person) -> None:
    item = write()
    publish(item, editor)
    make_person()
    publish(item, editor)
    TransfergegenstandPage.objects.get(pk=item.page_id).unpublish()
    publish(item, editor)
    assert told() == set()


def test_archived_example_is_told_to_nobody(editor: Person) -> None:
    make_person()
    publish(write(state="archived"), editor)
    assert told() == set()


@pytest.mark.usefixtures("vocabulary")
def test_import_tells_nobody() -> None:
    make_person()
    make_item()
    assert told() == set()
