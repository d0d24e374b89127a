"""Who arranges events of a group, and what the form offers them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from dkbm.events.domain.editing import EventData, call_off_event, create_event, edit_event, publish_event
from dkbm.events.domain.imports import import_event
from dkbm.events.domain.queries.events import visible_events
from dkbm.events.errors import EventRefused
from dkbm.events.models import Event
from dkbm.notifications.domain.wishes import set_default_level
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.search.domain.index import compare_index
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, visitor_of
from tests.events.group_scene import data_of
from tests.factories.events import make_event, registered
from tests.factories.groups import (
    join_group,
    make_concept_group,
    make_member,
    make_subgroup,
    make_workgroup,
)
from tests.factories.people import make_person
from workgroups.domain.ending import archive_workgroup, close_subgroup
from workgroups.domain.groups import put_in_group
from workgroups.models import Workgroup


@pytest.mark.parametrize("end", ["closed", "archived"])
def test_who_led_a_group_that_is_over_still_looks_after_its_meeting(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], end: str
) -> None:
    with bind(niedersachsen):
        ag, lead = make_workgroup("ag1", number=1), make_person()
        join_group(ag, lead, office="" if end == "closed" else "speaker")
        group = make_subgroup(ag, founder=lead) if end == "closed" else ag
        event = make_event(slug="klausur", kind="ag_treffen", visibility="group", workgroup=group.slug)
        draft = create_event(data=data(group_id=group.pk), items=[], visitor=visitor_of(lead))
        seat = registered(event, lead)
        if end == "closed":
            close_subgroup(group=group, result="Ein Papier.", visitor=visitor_of(lead))
        else:
            archive_workgroup(group=ag, visitor=visitor_of(make_person(roles=("manager",))))
    client, url = client_of(niedersachsen, lead), "/veranstaltungen/klausur/"
    page = client.get(url).content.decode()
    assert f'href="{url}-/absagen/"' in page
    assert f'href="{url}teilnahme/"' in page
    assert client.get("/veranstaltungen/-/anlegen/").status_code == 403
    draft_page = client.get(draft.get_absolute_url()).content.decode()
    assert "Entwurf löschen" in draft_page
    assert "Veröffentlichen</button>" not in draft_page
    answer = client.post(f"{url}-/absagen/", {"reason": "Die Gruppe ist fertig."}, follow=True)
    assert "Die Veranstaltung ist abgesagt." in answer.content.decode()
    with bind(niedersachsen):
        assert Mail.objects.filter(kind="event.called_off", recipient=seat.person).count() == 1


def data(**fields: Any) -> EventData:
    day = timezone.localdate() + datetime.timedelta(days=30)
    given = {"title": "Klausurtag", "kind": "ag_treffen", "visibility": "group", "first_day": day, "last_day": day}
    return EventData(**{**given, **fields})


@pytest.mark.usefixtures("in_niedersachsen")
class TestOrganising:
    @pytest.fixture
    def ag(self, in_niedersachsen: BoundNetwork) -> Workgroup:
        return make_workgroup("ag1", number=1)

    @pytest.fixture
    def speaker(self, ag: Workgroup) -> Visitor:
        return visitor_of(make_member(ag, office="speaker"))

    @pytest.mark.parametrize("office", ["speaker", "deputy"])
    def test_speaker_and_deputy_make_and_publish_it(self, ag: Workgroup, office: str) -> None:
        visitor = visitor_of(make_member(ag, office=office))
        event = create_event(data=data(group_id=ag.pk), items=[], visitor=visitor)
        assert (event.is_draft, event.group_id) == (True, ag.pk)
        publish_event(event=event, visitor=visitor)
        entry = SearchEntry.objects.get(type="event")
        assert (entry.visibility, entry.group_id) == ("group", ag.pk)
        assert compare_index().get("event") is None

    def test_lead_of_a_subgroup_makes_its_events_and_not_those_of_the_ag(self, ag: Workgroup) -> None:
        lead = make_member(ag)
        subgroup = make_subgroup(ag, founder=lead)
        assert create_event(data=data(group_id=subgroup.pk), items=[], visitor=visitor_of(lead)).group_id == subgroup.pk
        Event.objects.all().delete()
        assert refused_field(visitor_of(lead), group_id=ag.pk) == "group_id"

    def test_speaker_outside_a_subgroup_has_no_say_there(self, ag: Workgroup, speaker: Visitor) -> None:
        subgroup = make_subgroup(ag, founder=make_member(ag))
        assert refused_field(speaker, group_id=subgroup.pk) == "group_id"

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"group_id": None}, "group_id"),
            ({"group_id": None, "visibility": "members"}, "group_id"),
            ({"visibility": "public"}, "visibility"),
            ({"group_id": 999_999_999}, "group_id"),
        ],
    )
    def test_what_a_speaker_may_not_stands_by_its_field(
        self, ag: Workgroup, speaker: Visitor, wrong: dict[str, Any], field: str
    ) -> None:
        assert refused_field(speaker, **{"group_id": ag.pk, **wrong}) == field

    def test_editor_without_office_makes_no_event_of_a_group_alone(self, ag: Workgroup) -> None:
        editor = visitor_of(make_person(roles=("editor",)))
        assert refused_field(editor, group_id=ag.pk) == "visibility"
        assert refused_field(editor, group_id=make_subgroup(ag).pk, visibility="members") == "group_id"
        assert refused_field(editor, group_id=None) == "group_id"

    def test_editor_outside_does_not_hide_an_event_from_themselves(self, ag: Workgroup) -> None:
        editor = visitor_of(make_person(roles=("editor",)))
        event = make_event(workgroup="ag1", visibility="members", programme=[], registration={})
        assert edit_event(event=event, data=data_of(event, theme="Neu"), items=[], visitor=editor).theme == "Neu"
        with pytest.raises(EventRefused, match="nicht mehr sehen") as error:
            edit_event(event=event, data=data_of(event, visibility="group"), items=[], visitor=editor)
        assert error.value.field == "visibility"

    def test_editor_outside_cannot_touch_what_is_for_the_group(self, ag: Workgroup) -> None:
        editor = visitor_of(make_person(roles=("editor",)))
        event = make_event(workgroup="ag1", visibility="group", programme=[], registration={})
        with pytest.raises(EventRefused, match="Mitglieder der Gruppe"):
            edit_event(event=event, data=data_of(event, visibility="public"), items=[], visitor=editor)
        with pytest.raises(EventRefused, match="Mitglieder der Gruppe"):
            call_off_event(event=event, reason="x", visitor=editor)

    def test_speaker_cannot_touch_events_of_others(self, ag: Workgroup, speaker: Visitor) -> None:
        make_workgroup("ag2", number=2)
        for fields in ({}, {"workgroup": "ag2", "visibility": "members"}):
            event = make_event(programme=[], registration={}, **fields)
            with pytest.raises(EventRefused):
                call_off_event(event=event, reason="x", visitor=speaker)
            with pytest.raises(EventRefused):
                edit_event(event=event, data=data_of(event, group_id=ag.pk), items=[], visitor=speaker)
            event.refresh_from_db()
            assert event.is_published
            assert event.group_id != ag.pk

    def test_speaker_who_lost_the_office_meanwhile_is_refused(self, ag: Workgroup, speaker: Visitor) -> None:
        event = create_event(data=data(group_id=ag.pk), items=[], visitor=speaker)
        put_in_group(workgroup=ag, person=speaker.person, office="")
        with pytest.raises(EventRefused, match="Termine bearbeiten"):
            publish_event(event=event, visitor=speaker)

    def test_managers_arrange_for_every_group(self, ag: Workgroup) -> None:
        manager = visitor_of(make_person(roles=("manager",)))
        for group in (ag, make_subgroup(ag), make_concept_group()):
            event = create_event(data=data(group_id=group.pk), items=[], visitor=manager)
            assert publish_event(event=event, visitor=manager).is_published

    def test_archived_group_gets_no_new_events_and_keeps_the_old(self, ag: Workgroup, speaker: Visitor) -> None:
        member, manager = make_member(ag), visitor_of(make_person(roles=("manager",)))
        draft = create_event(data=data(group_id=ag.pk), items=[], visitor=speaker)
        held = make_event(workgroup="ag1", visibility="group")
        archive_workgroup(group=ag, visitor=manager)
        for visitor in (speaker, manager):
            visitor.forget()
            with pytest.raises(EventRefused):
                create_event(data=data(group_id=ag.pk), items=[], visitor=visitor)
            with pytest.raises(EventRefused):
                publish_event(event=draft, visitor=visitor)
        assert list(visible_events(visitor_of(member))) == [held]
        assert call_off_event(event=held, reason="Archiviert", visitor=manager).is_called_off

    def test_database_refuses_an_event_for_no_group(self) -> None:
        event = make_event()
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(visibility="group")

    def test_importer_does_not_invent_a_group(self) -> None:
        with pytest.raises(ValueError, match="unknown workgroup 'ag9'"):
            import_event(slug="x", kind="ag_treffen", title="X", date="2030-01-02", workgroup="ag9")


def refused_field(visitor: Visitor, **fields: Any) -> str:
    with pytest.raises(EventRefused) as error:
        create_event(data=data(**fields), items=[], visitor=visitor)
    assert not Event.objects.exists()
    return error.value.field


def sent(**fields: Any) -> dict[str, Any]:
    day = timezone.localdate() + datetime.timedelta(days=30)
    return {"title": "Klausurtag", "kind": "ag_treffen", "visibility": "group", "first_day": day.isoformat(),
            "punkte": "0", **fields}  # fmt: skip


def test_speaker_comes_from_the_page_of_the_group_to_the_published_event(
    niedersachsen: BoundNetwork, by_role: dict[str, Any], browser_of: Callable[[str], Client]
) -> None:
    with bind(niedersachsen):
        ag = Workgroup.objects.get(slug="ag1")
    browser, url = browser_of("speaker"), f"/veranstaltungen/-/anlegen/?gruppe={ag.pk}"
    assert f'href="{url}"' in browser.get("/ag/ag1/").content.decode()
    assert "/veranstaltungen/-/anlegen/" not in browser_of("member").get("/ag/ag1/").content.decode()
    form = browser.get(url).context["form"]
    assert [choice[0] for choice in form.fields["group_id"].choices] == [ag.pk]
    assert [choice[0] for choice in form.fields["visibility"].choices] == ["members", "group"]
    assert (form["group_id"].value(), form["visibility"].value()) == (ag.pk, "group")
    answer = browser.post(url, sent(group_id=ag.pk), follow=True)
    assert answer.redirect_chain == [("/veranstaltungen/klausurtag/", 302)]
    assert browser_of("member").get("/veranstaltungen/klausurtag/").status_code == 404
    assert "Entwurf" in browser.get("/ag/ag1/").content.decode()
    browser.post("/veranstaltungen/klausurtag/-/veroeffentlichen/")
    assert browser_of("member").get("/veranstaltungen/klausurtag/").status_code == 200
    assert "Klausurtag" in browser_of("member").get("/ag/ag1/").content.decode()


@pytest.mark.parametrize("visibility", ["public", "group"])
def test_form_says_beside_the_field_what_is_missing(
    niedersachsen: BoundNetwork, browser_of: Callable[[str], Client], visibility: str
) -> None:
    answer = browser_of("speaker").post("/veranstaltungen/-/anlegen/", sent(visibility=visibility))
    assert answer.status_code == 422
    field = "visibility" if visibility == "public" else "group_id"
    assert list(answer.context["form"].errors) == [field]


def test_speaker_of_another_group_is_led_back_from_a_form_that_is_not_theirs(
    niedersachsen: BoundNetwork, browser_of: Callable[[str], Client]
) -> None:
    with bind(niedersachsen):
        Event.objects.update(visibility="members")
    answer = browser_of("other_group").get("/veranstaltungen/klausur/-/bearbeiten/", follow=True)
    assert answer.redirect_chain == [("/veranstaltungen/klausur/", 302)]
    assert "für ihre Gruppe auch Sprecherin oder Sprecher" in answer.content.decode()
    assert browser_of("other_group").get("/veranstaltungen/klausur/teilnahme/").status_code == 403


@pytest.mark.parametrize("role", ["editor", "manager"])
def test_editors_and_managers_say_which_ag_meets(browser_of: Callable[[str], Client], role: str) -> None:
    form = browser_of(role).get("/veranstaltungen/-/anlegen/").content.decode()
    offered = re.search(r'<option value="(\d+)">AG 1', form)
    assert offered is not None
    sent = {
        "title": "Treffen der AG", "kind": "ag_treffen", "group_id": offered[1], "visibility": "members",
        "first_day": "2031-02-03", "punkte": "0",
    }  # fmt: skip
    answer = browser_of(role).post("/veranstaltungen/-/anlegen/", sent, follow=True)
    assert '<dt>Gruppe</dt><dd><a href="/ag/ag1/">' in answer.content.decode()


def test_editors_outside_a_group_are_not_offered_what_they_could_not_see(
    browser_of: Callable[[str], Client], niedersachsen: BoundNetwork
) -> None:
    with bind(niedersachsen):
        make_subgroup(Workgroup.objects.get(slug="ag1"), title="Kleiner Kreis")
    for role, offered in (("editor", False), ("manager", True)):
        form = browser_of(role).get("/veranstaltungen/-/anlegen/").content.decode()
        assert ('value="group"' in form, "Kleiner Kreis" in form) == (offered, offered)


@pytest.mark.usefixtures("in_niedersachsen")
def test_members_of_a_group_are_mailed_once_when_their_meeting_is_published() -> None:
    ag, other = make_workgroup("ag1", number=1, name="Daten"), make_workgroup("ag2", number=2)
    speaker, member = make_member(ag, office="speaker"), make_member(ag)
    make_member(other)
    set_default_level(Level.AT_ONCE)
    event = create_event(data=data(group_id=ag.pk, venue="Kreishaus"), items=[], visitor=visitor_of(speaker))
    Mail.objects.all().delete()
    publish_event(event=event, visitor=visitor_of(speaker))
    with pytest.raises(EventRefused):
        publish_event(event=event, visitor=visitor_of(speaker))
    mail = Mail.objects.get()
    assert (mail.kind, mail.recipient, mail.path) == ("event.announced", member, event.get_absolute_url())
    assert "ein neuer Termin von „AG 1 Daten“:\n\nKlausurtag" in mail.body
    assert "Kreishaus" in mail.body


@pytest.mark.usefixtures("in_niedersachsen")
def test_members_of_a_sub_group_hear_of_a_meeting_that_an_editor_publishes() -> None:
    """The editor is in no group and may not know of the sub-group; its meeting is for the whole network."""
    group = make_subgroup(make_workgroup("ag1", number=1))
    member = make_member(group)
    lead = visitor_of(make_member(group, office="lead"))
    event = create_event(data=data(group_id=group.pk, visibility="members"), items=[], visitor=lead)
    Mail.objects.all().delete()
    publish_event(event=event, visitor=visitor_of(make_person("Edda Edition", roles=("editor",))))
    assert member.pk in set(Notification.objects.filter(kind="event.announced").values_list("person", flat=True))
