"""Writing to many: who is meant, how they are told and that the preview says just that, once, and to nobody else."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Count
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.audit.models import AuditEntry
from dkbm.municipalities.models import Municipality
from dkbm.notifications.domain import telling_many
from dkbm.notifications.domain.delivery import deliver_all
from dkbm.notifications.domain.telling_many import tell_crowd
from dkbm.notifications.domain.wishes import pause, set_general_wish, set_group_wish, set_wish
from dkbm.notifications.enums import Level, MailState
from dkbm.notifications.models import Crowd, DeadAddress, Mail, Notification
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor, visitor_of
from tests.factories.events import make_event, registered
from tests.factories.groups import join_group, make_colleague, make_member, make_subgroup, make_workgroup, row_of
from tests.meanwhile import meanwhile
from workgroups.domain import announcements
from workgroups.domain.announcements import (
    MOST_A_DAY,
    delete_old_announcements,
    find_people,
    read_announcement,
    send_announcement,
)
from workgroups.domain.mails import ANNOUNCEMENT_KIND
from workgroups.domain.queries.announcements import (
    UNDELIVERABLE,
    WAYS,
    pinned,
    preview_of,
    readable_announcements,
)
from workgroups.errors import GroupRefusal
from workgroups.models import Announcement, AnnouncementRecipient, GroupMembership, Workgroup

TYPED: dict[str, Any] = {
    "subject": "Nächstes Treffen",
    "text": "Wir treffen uns **anders**.",
    "selection": "everybody:",
}
LABELS = {**{level: str(label) for level, label in WAYS}, "dead": str(UNDELIVERABLE)}


class Scene:
    """AG 1 with its speaker, a manager outside of it, and members by name."""

    def __init__(self) -> None:
        self.group = make_workgroup("ag1", number=1)
        self.speaker = visitor_of(make_member(self.group, "Sabine Sprecherin", office="speaker"))
        self.manager = visitor_of(make_colleague("Doris Leitung", roles=("manager",)))

    def member(self, name: str, **fields: Any) -> Person:
        return make_member(self.group, name, **fields)

    def send(self, visitor: Visitor | None = None, **fields: Any) -> Announcement:
        given = {"group": self.group, "visitor": visitor or self.speaker, **TYPED, **fields}
        return send_announcement(**given)


@pytest.fixture
def scene(in_niedersachsen: BoundNetwork) -> Scene:
    return Scene()


def people_of(announcement: Announcement) -> set[str]:
    rows = AnnouncementRecipient.objects.filter(announcement=announcement).select_related("person")
    return {row.person.first_name for row in rows}


def tell_all() -> None:
    for crowd in Crowd.objects.all():
        tell_crowd(crowd_id=crowd.pk)


class TestSelections:
    @pytest.fixture
    def people(self, scene: Scene) -> Scene:
        with bind_all("the register is common", as_owner=True):
            verden, emden = (Municipality.objects.create(slug=name, name=name) for name in ("verden", "emden"))
        scene.member("Anna A", function="bildungsmonitoring", municipality=verden)
        scene.member("Bert B", function="bildungsmonitoring", municipality=emden)
        old = scene.member("Carla C", municipality=verden)
        GroupMembership.objects.filter(person=old).update(since=timezone.now() - datetime.timedelta(weeks=9))
        make_colleague("Otto Draussen", function="bildungsmonitoring", municipality=verden)
        return scene

    @pytest.mark.parametrize(
        ("selection", "names"),
        [
            ("everybody:", {"Anna", "Bert", "Carla"}),
            ("function:bildungsmonitoring", {"Anna", "Bert"}),
            ("municipality:verden", {"Anna", "Carla"}),
            ("new:8", {"Anna", "Bert"}),
            ("new:26", {"Anna", "Bert", "Carla"}),
        ],
    )
    def test_who_is_meant_in_a_group(self, people: Scene, selection: str, names: set[str]) -> None:
        assert people_of(people.send(selection=selection)) == names

    @pytest.mark.parametrize(
        ("selection", "names"),
        [
            ("everybody:", {"Anna", "Bert", "Carla", "Otto", "Sabine"}),
            ("function:bildungsmonitoring", {"Anna", "Bert", "Otto"}),
            ("municipality:verden", {"Anna", "Carla", "Otto"}),
            ("new:1", {"Anna", "Bert", "Otto", "Sabine"}),
        ],
    )
    def test_managers_write_to_the_network(self, people: Scene, selection: str, names: set[str]) -> None:
        carla = Membership.objects.filter(person__first_name="Carla")
        carla.update(since=timezone.now() - datetime.timedelta(weeks=9))
        assert people_of(people.send(people.manager, group=None, selection=selection)) == names

    def test_participants_of_a_meeting_of_the_group(self, people: Scene) -> None:
        anna = Person.objects.get(first_name="Anna")
        ours = make_event("Klausurtag", kind="ag_treffen", workgroup="ag1")
        annual = make_event("Jahrestreffen")
        for event in (ours, annual):
            registered(event, anna)
        registered(ours)  # somebody who is not in the group
        assert people_of(people.send(selection=f"event:{ours.pk}")) == {"Anna"}
        with pytest.raises(GroupRefusal, match="Diese Auswahl gibt es hier nicht") as refused:
            people.send(selection=f"event:{annual.pk}")
        assert refused.value.field == "selection"
        assert "Anna" in people_of(people.send(people.manager, group=None, selection=f"event:{annual.pk}"))

    @pytest.mark.parametrize(
        "selection",
        ["function:gibt-es-nicht", "municipality:", "new:3", "event:0", "event:x", "mond:1", "", "everybody"],
    )
    def test_what_is_not_offered_is_refused(self, people: Scene, selection: str) -> None:
        with pytest.raises(GroupRefusal, match="Diese Auswahl gibt es hier nicht") as refused:
            people.send(selection=selection)
        assert refused.value.field == "selection"
        assert Announcement.objects.count() == 0

    def test_selection_that_nobody_meets_is_refused(self, scene: Scene) -> None:
        with pytest.raises(GroupRefusal, match="trifft außer Ihnen niemand zu") as refused:
            scene.send()
        assert refused.value.field == "selection"

    def test_who_left_or_reads_no_mails_is_not_meant(self, scene: Scene) -> None:
        scene.member("Anna A")
        gone, asked = scene.member("Bert B"), make_colleague("Carla C")
        Membership.objects.filter(person=gone).update(state="left")
        join_group(scene.group, asked, state="requested")
        scene.member("Dora D", stands_for_function=True)
        assert people_of(scene.send()) == {"Anna"}


LEVELS: dict[str, Callable[[Scene, Person], Any]] = {
    "at once": lambda s, p: set_group_wish(group=s.group.pk, person=p, level=Level.AT_ONCE),
    "daily": lambda s, p: set_group_wish(group=s.group.pk, person=p, level=Level.DAILY),
    "weekly": lambda s, p: set_group_wish(group=s.group.pk, person=p, level=Level.WEEKLY),
    "bell": lambda s, p: set_group_wish(group=s.group.pk, person=p, level=Level.BELL),
    "usual": lambda s, p: None,
    "generally at once": lambda s, p: set_general_wish(person=p, level=Level.AT_ONCE),
    "kind at once": lambda s, p: set_wish(kind=ANNOUNCEMENT_KIND, person=p, level=Level.AT_ONCE),
    "kind bell": lambda s, p: set_wish(kind=ANNOUNCEMENT_KIND, person=p, level=Level.BELL),
    "office": lambda s, p: GroupMembership.objects.filter(person=p).update(office="deputy"),
    "paused": lambda s, p: (
        set_group_wish(group=s.group.pk, person=p, level=Level.AT_ONCE),
        pause(person=p, until=timezone.localdate()),
    ),
    "dead, at once": lambda s, p: (
        set_group_wish(group=s.group.pk, person=p, level=Level.AT_ONCE),
        DeadAddress.objects.create(address=p.email, dead=timezone.now()),
    ),
    "dead, bell": lambda s, p: (
        set_group_wish(group=s.group.pk, person=p, level=Level.BELL),
        DeadAddress.objects.create(address=p.email, dead=timezone.now()),
    ),
    "bounced once": lambda s, p: (
        set_group_wish(group=s.group.pk, person=p, level=Level.AT_ONCE),
        DeadAddress.objects.create(address=p.email, bounces=1),
    ),
}
EXPECTED = {
    Level.AT_ONCE: {"at once", "generally at once", "kind at once", "office", "bounced once"},
    Level.DAILY: {"daily", "usual", "paused"},
    Level.WEEKLY: {"weekly"},
    Level.BELL: {"bell", "kind bell", "dead, bell"},
    "dead": {"dead, at once"},
}


def test_preview_says_what_really_happens(scene: Scene, django_assert_num_queries: Any) -> None:
    """Every level, a dead address, a pause: numbers and names of the preview against the rows that are written."""
    for name, wish in LEVELS.items():
        wish(scene, scene.member(f"{name} X"))
    found = find_people(group=scene.group, visitor=scene.speaker, selection="everybody:")
    with django_assert_num_queries(5):
        preview = preview_of(group=scene.group, found=found)
    shown = {way.label: {card.name.removesuffix(" X") for card in way.people} for way in preview.ways}
    assert shown == {LABELS[way]: names for way, names in EXPECTED.items()}
    assert {way.label: way.number for way in preview.ways} == {label: len(names) for label, names in shown.items()}
    assert preview.number == len(LEVELS) == sum(way.number for way in preview.ways)

    scene.send()
    tell_all()
    mails = Mail.objects.filter(kind=ANNOUNCEMENT_KIND)
    deliver_all(mail_ids=list(mails.values_list("pk", flat=True)))
    withheld = {mail.recipient_id for mail in mails.filter(state=MailState.WITHHELD)}
    rows = Notification.objects.filter(kind=ANNOUNCEMENT_KIND).select_related("person")
    happened: dict[Any, set[str]] = {}
    for row in rows:
        way = "dead" if row.person_id in withheld else row.level
        happened.setdefault(way, set()).add(row.person.display_name.removesuffix(" X"))
    assert happened == EXPECTED
    assert mails.filter(state=MailState.SENT).count() == len(EXPECTED[Level.AT_ONCE])


def test_long_list_of_names_says_how_many_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workgroups.domain.queries.announcements.SHOWN", 2)
    for name in ("Anna C", "Bert A", "Carla B"):
        scene.member(name)
    found = find_people(group=scene.group, visitor=scene.speaker, selection="everybody:")
    (way,) = preview_of(group=scene.group, found=found).ways
    assert ([card.name for card in way.people], way.number, way.more) == (["Bert A", "Carla B"], 3, 1)


class TestSending:
    def test_what_is_written(self, scene: Scene) -> None:
        person = scene.member("Anna A")
        set_group_wish(group=scene.group.pk, person=person, level=Level.AT_ONCE)
        sent = scene.send()
        mail, row, entry = Mail.objects.get(), Notification.objects.get(), AuditEntry.objects.get()
        assert (sent.people, sent.readers, sent.selection_label) == (1, 0, "Alle Mitglieder")
        assert (mail.recipient, mail.subject) == (person, "[AG 1] Nächstes Treffen")
        assert "Sabine Sprecherin schreibt an „AG 1 Kommunales Bildungsmanagement“" in mail.body
        assert "Wir treffen uns **anders**." in mail.body
        assert mail.sender_name == "Sabine Sprecherin über AG 1"
        assert (row.person, row.path, row.group) == (person, sent.get_absolute_url(), scene.group.pk)
        assert (entry.action, entry.detail["people"]) == ("announcement.sent", 1)
        assert entry.detail["to"] == "AG 1 Kommunales Bildungsmanagement: Alle Mitglieder"

    def test_group_whose_mails_carry_a_link_only(self, scene: Scene) -> None:
        set_group_wish(group=scene.group.pk, person=scene.member("Anna A"), level=Level.AT_ONCE)
        Workgroup.objects.update(mails_link_only=True)
        scene.send()
        assert "anders" not in Mail.objects.get().body
        assert "/rundschreiben/" in Mail.objects.get().body

    def test_same_form_twice_is_one(self, scene: Scene) -> None:
        scene.member("Anna A")
        key = uuid4()
        assert scene.send(client_key=key) == scene.send(client_key=key)
        assert (Announcement.objects.count(), Notification.objects.count()) == (1, 1)

    def test_few_a_day(self, scene: Scene) -> None:
        scene.member("Anna A")
        for _each in range(MOST_A_DAY):
            scene.send()
        with pytest.raises(GroupRefusal, match="schon 5 Rundschreiben verschickt"):
            scene.send()
        scene.send(scene.manager)
        Announcement.objects.update(sent_at=timezone.now() - datetime.timedelta(hours=25))
        scene.send()

    @pytest.mark.parametrize(
        ("fields", "field", "sentence"),
        [
            ({"subject": " \n "}, "subject", "Bitte geben Sie einen Betreff an"),
            ({"subject": "x" * 151}, "subject", "Der Betreff hat 151 Zeichen"),
            ({"text": "\n\n"}, "text", "Bitte schreiben Sie einen Text"),
            ({"text": "x" * 5_001}, "text", "Ihr Text hat 5.001 Zeichen, höchstens 5.000"),
        ],
    )
    def test_bad_texts_are_refused_beside_their_field(
        self, scene: Scene, fields: dict[str, str], field: str, sentence: str
    ) -> None:
        scene.member("Anna A")
        with pytest.raises(GroupRefusal, match=sentence) as refused:
            scene.send(**fields)
        assert refused.value.field == field

    def test_who_may_write(self, scene: Scene) -> None:
        subgroup = make_subgroup(scene.group)
        lead = scene.member("Lea Leitung")
        join_group(subgroup, lead, office="lead")
        join_group(subgroup, scene.member("Anna A"))
        deputy = visitor_of(scene.member("Dirk D", office="deputy"))
        assert people_of(scene.send(visitor_of(lead), group=subgroup)) == {"Anna"}
        assert people_of(scene.send(deputy)) == {"Anna", "Lea", "Sabine"}
        for visitor, group in ((visitor_of(lead), scene.group), (scene.speaker, subgroup), (scene.speaker, None)):
            with pytest.raises(GroupRefusal, match="schreiben k"):
                scene.send(visitor, group=group)

    def test_group_of_another_network_is_not_there(self, scene: Scene, bayern: BoundNetwork) -> None:
        with bind(bayern):
            theirs = make_workgroup("ag1", number=1)
            make_member(theirs, "Bayer Member")
        with pytest.raises(Workgroup.DoesNotExist):
            scene.send(scene.manager, group=theirs)

    def test_network_is_this_network(self, scene: Scene, bayern: BoundNetwork) -> None:
        with bind(bayern):
            make_colleague("Bayer Member")
        assert people_of(scene.send(scene.manager, group=None)) == {"Sabine"}
        with bind(bayern):
            assert (Announcement.objects.count(), Notification.objects.count()) == (0, 0)


def test_button_pressed_twice_at_once_sends_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        scene = Scene()
        for number in range(3):
            scene.member(f"Person {number}")
        key = uuid4()
        second_visitor = visitor_of(scene.speaker.person)
    with meanwhile(committed_network, lambda: scene.send(second_visitor, client_key=key)) as second:
        first = scene.send(client_key=key)
    assert second.result() == first
    with bind(committed_network):
        per_person = (
            Notification.objects.order_by().values("person").annotate(n=Count("pk")).values_list("n", flat=True)
        )
        assert (list(per_person), AnnouncementRecipient.objects.count()) == ([1, 1, 1], 3)


def test_limit_holds_for_two_forms_at_once(committed_network: BoundNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcements, "MOST_A_DAY", 1)
    with bind(committed_network):
        scene = Scene()
        scene.member("Anna A")
        second_visitor = visitor_of(scene.speaker.person)
    with meanwhile(committed_network, lambda: scene.send(second_visitor, client_key=uuid4())) as second:
        scene.send(client_key=uuid4())
    with pytest.raises(GroupRefusal, match="schon 1 Rundschreiben"):
        second.result()


class TestReading:
    def test_pinned_until_read_and_counted(self, scene: Scene) -> None:
        anna, bert = visitor_of(scene.member("Anna A")), visitor_of(scene.member("Bert B"))
        sent = scene.send()
        assert [len(pinned(each, scene.group)) for each in (anna, bert, scene.speaker)] == [1, 1, 0]
        assert [read_announcement(announcement=sent, visitor=anna) for _each in range(2)] == [True, False]
        assert [len(pinned(each, scene.group)) for each in (anna, bert)] == [0, 1]
        sent.refresh_from_db()
        assert sent.readers == 1
        assert Notification.objects.get(person=anna.person).read is not None
        assert Notification.objects.get(person=bert.person).read is None

    def test_pinned_where_it_was_written_to(self, scene: Scene) -> None:
        anna = visitor_of(scene.member("Anna A"))
        other = make_workgroup("ag2", number=2)
        scene.send(scene.manager, group=None, subject="An alle")
        scene.send(subject="An die Gruppe")
        subjects = [[row.announcement.subject for row in pinned(anna, place)] for place in (None, scene.group, other)]
        assert subjects == [["An alle"], ["An die Gruppe"], []]

    def test_who_may_read(self, scene: Scene) -> None:
        anna = visitor_of(scene.member("Anna A", function="bildungsmonitoring"))
        bert, deputy = visitor_of(scene.member("Bert B")), visitor_of(scene.member("Dirk D", office="deputy"))
        outside = visitor_of(make_colleague("Otto Draussen"))
        scene.send(selection="function:bildungsmonitoring")
        seen = {
            each.person.first_name: readable_announcements(each).count()
            for each in (anna, bert, deputy, outside, scene.speaker, scene.manager)
        }
        assert seen == {"Anna": 1, "Bert": 0, "Dirk": 1, "Otto": 0, "Sabine": 1, "Doris": 1}
        GroupMembership.objects.filter(pk=row_of(scene.group, anna.person).pk).update(state="left")
        assert readable_announcements(visitor_of(anna.person)).count() == 0

    def test_author_without_the_office_reads_what_they_wrote(self, scene: Scene) -> None:
        scene.member("Anna A")
        scene.send()
        GroupMembership.objects.filter(person=scene.speaker.person).update(office="")
        assert readable_announcements(visitor_of(scene.speaker.person)).count() == 1


def test_old_ones_go_with_their_recipients(scene: Scene) -> None:
    scene.member("Anna A")
    old, young = scene.send(), scene.send()
    Announcement.objects.filter(pk=old.pk).update(sent_at=timezone.now() - datetime.timedelta(days=731))
    assert delete_old_announcements() == 1
    assert (Announcement.objects.get(), AnnouncementRecipient.objects.count()) == (young, 1)


def test_many_are_told_by_a_task(scene: Scene, django_assert_num_queries: Any) -> None:
    """As many queries for thirty as for ten."""
    for number in range(telling_many.FEW + 25):
        scene.member(f"Person {number}")
    with django_assert_num_queries(13):
        scene.send()
    assert (Crowd.objects.count(), Notification.objects.count()) == (1, 0)
    tell_all()
    assert Notification.objects.count() == telling_many.FEW + 25
