"""A new issue: all members find it on their page, who asked for it gets a mail; imports tell nobody."""

from __future__ import annotations

import pytest
from wagtail.models import PageViewRestriction

from dkbm.accounts.models import Person
from dkbm.editorial.models import BlickpunktIndexPage, BlickpunktPage
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork
from tests.factories.people import make_person
from tests.factories.publications import make_issue

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def editor(in_niedersachsen: BoundNetwork) -> Person:
    return make_person(roles=("editor",))


@pytest.fixture
def draft(in_niedersachsen: BoundNetwork) -> BlickpunktPage:
    page = BlickpunktPage(title="Sechs Eckpunkte", slug="sechs", year=2026, summary="Worum es geht.", live=False)
    draft: BlickpunktPage = BlickpunktIndexPage.objects.get().add_child(instance=page)
    return draft


def publish(page: BlickpunktPage, editor: Person | None) -> None:
    page.save_revision(user=editor, clean=False).publish(user=editor)
    page.refresh_from_db()


def told() -> set[object]:
    return set(Notification.objects.values_list("person_id", flat=True))


def test_members_are_told_when_it_is_published_first(draft: BlickpunktPage, editor: Person) -> None:
    member, follower, _waiting = make_person(), make_person(), make_person(state="requested")
    set_wish(kind="editorial.issue", person=follower, level=Level.AT_ONCE)
    publish(draft, editor)
    assert told() == {member.pk, follower.pk}
    row = Notification.objects.get(person=member)
    assert (sentence_of(row), row.path) == ("Neu erschienen: „Sechs Eckpunkte“.", "/blickpunkt/sechs/")
    mail = Mail.objects.get()
    assert (mail.recipient, mail.subject) == (follower, "[Niedersachsen] Neu erschienen: Sechs Eckpunkte")
    assert "Worum es geht." in mail.body


def test_later_changes_are_told_to_nobody(draft: BlickpunktPage, editor: Person) -> None:
    publish(draft, editor)
    make_person()
    publish(draft, editor)
    draft.unpublish()
    publish(draft, editor)
    assert told() == set()


def test_issue_for_some_is_told_to_nobody(draft: BlickpunktPage, editor: Person) -> None:
    make_person()
    PageViewRestriction.objects.create(page=draft, restriction_type=PageViewRestriction.GROUPS)
    publish(draft, editor)
    assert told() == set()


def test_import_tells_nobody() -> None:
    make_person()
    make_issue()
    assert told() == set()
