"""Events of a group: nobody outside learns of them, and what becomes of registrations."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain.roles import revoke_role
from dkbm.events.domain.cancellation_links import cancellation_path
from dkbm.events.domain.editing import call_off_event, edit_event
from dkbm.events.domain.registration import cancel, register
from dkbm.events.errors import RegistrationRefused
from dkbm.events.models import Event, Registration
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.events.group_scene import MARKER, data_of
from tests.factories.events import answers, make_event, membership_of, registered
from tests.factories.groups import (
    join_group,
    make_group,
    make_member,
    make_subgroup,
    make_workgroup,
    row_of,
)
from tests.factories.people import make_person
from workgroups.domain.members import leave_group, remove_from_group
from workgroups.models import Workgroup

OUTSIDE = ("guest", "waiting", "asked", "other_group", "left", "editor", "foreign")
INSIDE = ("member", "speaker", "manager")


PLACES = ("/", "/veranstaltungen/", "/suche/?q=markerklausur", "/api/v1/search?q=markerklausur", "/ag/ag1/")
PATHS = (
    "", "kalender.ics", "anmelden/", "abmelden/", "teilnahme/", "teilnahme/liste.csv", "-/bearbeiten/", "-/absagen/",
    "-/loeschen/",
)  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDE)
def test_nobody_outside_learns_of_it(browser_of: Callable[[str], Client], role: str) -> None:
    browser = browser_of(role)
    for place in PLACES:
        assert MARKER not in browser.get(place, follow=True).content.decode(), place
    for path in PATHS:
        url = f"/veranstaltungen/klausur/{path}"
        for answer in (browser.get(url), browser.post(url, {"reason": "x", "function": "x"})):
            assert MARKER not in answer.content.decode(), path
            expected = {404, 405} if role not in {"guest", "waiting"} else {302, 403, 404, 405}
            # Whoever arranges nothing is sent away before anything is looked up.
            expected |= {403} if "/-/" in url else set()
            assert answer.status_code in expected, path
    assert browser.get("/veranstaltungen/klausur/").status_code == 404


@pytest.mark.parametrize("role", OUTSIDE)
def test_answers_tell_it_from_nothing_by_no_sign(browser_of: Callable[[str], Client], role: str) -> None:
    browser = browser_of(role)
    for path in PATHS:
        hidden, missing = (browser.get(f"/veranstaltungen/{slug}/{path}") for slug in ("klausur", "gibtesnicht"))
        assert hidden.status_code == missing.status_code, path
        assert plain(hidden).replace("klausur", "") == plain(missing).replace("gibtesnicht", ""), path


def plain(answer: Any) -> str:
    """Without what is drawn anew for each answer: the form's token and the number of the request."""
    return re.sub(r'[A-Za-z0-9]{64}|"secret">\w+', "", answer.content.decode())


@pytest.mark.parametrize("role", INSIDE)
def test_the_group_and_managers_find_it_everywhere(browser_of: Callable[[str], Client], role: str) -> None:
    browser = browser_of(role)
    for place in (*PLACES, "/veranstaltungen/klausur/", "/veranstaltungen/klausur/kalender.ics"):
        assert MARKER in browser.get(place).content.decode(), place
    page = browser.get("/veranstaltungen/klausur/").content.decode()
    assert 'href="/ag/ag1/"' in page
    assert "nur für die Gruppe" in page


@pytest.mark.parametrize("role", ["waiting", "asked", "other_group", "left", "editor"])
def test_nobody_outside_registers(niedersachsen: BoundNetwork, by_role: dict[str, Any], role: str) -> None:
    with bind(niedersachsen), pytest.raises(RegistrationRefused, match="Mitglieder"):
        register(event=Event.objects.get(), visitor=visitor_of(by_role[role]), answers=answers())
    with bind(niedersachsen):
        assert not Registration.objects.exists()


def test_leaving_the_group_ends_it_at_once(
    niedersachsen: BoundNetwork, by_role: dict[str, Any], browser_of: Callable[[str], Client]
) -> None:
    """The seat is free for the next, the person reads so, and the organisers no longer count on them."""
    with bind(niedersachsen):
        Event.objects.update(capacity=1)
        event = Event.objects.get()
        row = registered(event, by_role["member"])
        waiting = registered(event, by_role["manager"])
        leave_group(workgroup=Workgroup.objects.get(slug="ag1"), visitor=visitor_of(by_role["member"]))
    browser = browser_of("member")
    assert MARKER not in browser.get("/veranstaltungen/").content.decode()
    assert browser.get("/veranstaltungen/klausur/").status_code == 404
    assert browser.get("/veranstaltungen/klausur/anmelden/").status_code == 404
    listed = browser_of("speaker").get("/veranstaltungen/klausur/teilnahme/").content.decode()
    assert by_role["member"].email not in listed
    with bind(niedersachsen):
        path = cancellation_path(row)
        assert (row_state(row), row_state(waiting)) == ("cancelled", "registered")
        mail = Mail.objects.get(kind="event.ended")
        assert mail.recipient == by_role["member"]
        assert mail.body.count("/veranstaltungen/klausur/") == 0
        assert b"METHOD:CANCEL" in bytes(mail.attachments.get().content)
    assert "Es ist nichts weiter zu tun." in browser.post(path, follow=True).content.decode()


@pytest.mark.parametrize(
    "way", ["removed", "ag_left", "role_revoked", "made_for_the_group", "still_manager", "members"]
)
def test_seat_goes_with_the_right_to_see_the_meeting(niedersachsen: BoundNetwork, way: str) -> None:
    with bind(niedersachsen):
        ag, manager = make_workgroup("ag1", number=1), visitor_of(make_person(roles=("manager",)))
        group = make_subgroup(ag, founder=make_member(ag)) if way == "ag_left" else ag
        seen_by = "members" if way in {"made_for_the_group", "members"} else "group"
        event = make_event(kind="ag_treffen", visibility=seen_by, workgroup=group.slug)
        person = make_person(roles=("manager", "editor") if way in {"role_revoked", "still_manager"} else ())
        if way not in {"role_revoked", "made_for_the_group"}:
            for each in {ag, group}:
                join_group(each, person)
        row = registered(event, person)
        if way == "removed":
            remove_from_group(row=row_of(ag, person), reason="Wechsel", visitor=manager)
        elif way == "role_revoked":
            revoke_role(membership=membership_of(person), role="editor", visitor=manager, reason="Wechsel")
            assert row_state(row) == "registered"
            revoke_role(membership=membership_of(person), role="manager", visitor=manager, reason="Wechsel")
        elif way == "made_for_the_group":
            edit_event(event=event, data=data_of(event, visibility="group"), items=[], visitor=manager)
        else:
            leave_group(workgroup=ag, visitor=visitor_of(person))
        assert row_state(row) == ("registered" if way in {"still_manager", "members"} else "cancelled")


def row_state(row: Registration) -> str:
    return str(Registration.objects.values_list("state", flat=True).get(pk=row.pk))


def test_who_has_left_is_told_nothing_and_does_not_move_up(
    niedersachsen: BoundNetwork, by_role: dict[str, Any]
) -> None:
    with bind(niedersachsen):
        ag, event = Workgroup.objects.get(slug="ag1"), Event.objects.get()
        Event.objects.update(capacity=1)
        seat = registered(event, by_role["member"])
        gone, next_one = (registered(event, make_member(ag), first="") for _ in range(2))
        leave_group(workgroup=ag, visitor=visitor_of(gone.person))
        Mail.objects.all().delete()
        cancel(registration=seat)
        assert (row_state(gone), row_state(next_one)) == ("cancelled", "registered")
        speaker = visitor_of(by_role["speaker"])
        edit_event(event=event, data=data_of(event, place="Celle"), items=[], visitor=speaker)
        call_off_event(event=event, reason="Krank", visitor=speaker)
        assert not Mail.objects.filter(recipient=gone.person).exists()
        told = list(Mail.objects.filter(recipient=next_one.person).order_by("pk").values_list("kind", flat=True))
        assert told == ["event.moved_up", "event.changed", "event.called_off"]


def test_name_of_a_subgroup_is_not_told_outside_its_ag(
    niedersachsen: BoundNetwork, by_role: dict[str, Any], browser_of: Callable[[str], Client]
) -> None:
    with bind(niedersachsen):
        subgroup = make_subgroup(Workgroup.objects.get(slug="ag1"), title="Stille Runde")
        Event.objects.update(visibility="members", group_id=subgroup.pk)
    for role, seen in (("editor", False), ("other_group", False), ("member", True), ("manager", True)):
        for page in ("/veranstaltungen/", "/veranstaltungen/klausur/"):
            text = browser_of(role).get(page).content.decode()
            assert MARKER in text
            assert ("Stille Runde" in text) is seen


@pytest.mark.parametrize("groups", [1, 3])
def test_list_takes_the_same_queries_for_more_groups(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], groups: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        member = make_person()
        for _ in range(groups):
            group = make_group("Kreis", member)
            registered(make_event(workgroup=group.slug, visibility="group"), member)
    client = client_of(niedersachsen, member)
    client.get("/veranstaltungen/")
    with django_assert_num_queries(10):
        client.get("/veranstaltungen/")
