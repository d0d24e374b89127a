"""What a page does over its socket: answers, refusals, and rights that are asked anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session

from dkbm.live import consumers
from dkbm.live.consumers import (
    CLOSE_NO_MEMBER,
    MOST_ACTS,
)
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person
from tests.live.communicator import Socket
from tests.live.scene import ClientOf, Room, play, socket_of

IMPOSSIBLE = "Das ist hier nicht möglich."


def test_subscriber_acts_and_is_answered(socket: Socket, member: Any, room: Room) -> None:
    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        done = {"type": "done", "id": "a", "text": "Erledigt: vote"}
        assert await socket.act("probe:7", "vote", id="a", choice=["1", "2"], note="Gut") == done
        await socket.disconnect()

    play(scene)
    assert room.done == [(member.pk, 7, "vote", {"choice": ["1", "2"], "note": "Gut"})]


def test_refused_and_failed_actions_leave_the_socket_open(
    socket: Socket, room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        await socket.connect()
        for channel in ("probe:7", "still:7"):
            await socket.ask("subscribe", channel)
        for channel, do, text in (
            ("probe:7", "forbidden", "Das dürfen Sie nicht."),
            ("probe:7", "broken", "Das hat nicht geklappt. Bitte laden Sie die Seite neu."),
            ("probe:8", "vote", IMPOSSIBLE),  # allowed, but not subscribed
            ("probe:9", "vote", IMPOSSIBLE),
            ("still:7", "vote", IMPOSSIBLE),
            ("unknown:7", "vote", IMPOSSIBLE),
        ):
            assert await socket.act(channel, do, id=do) == {"type": "refused", "id": do, "text": text}
        assert (await socket.act("probe:7", "vote"))["type"] == "done"
        await socket.disconnect()

    play(scene)
    assert [do for _person, _id, do, _values in room.done] == ["vote"]
    assert [record.getMessage() for record in caplog.records] == ["action failed"]


def test_right_is_asked_anew_for_each_action(socket: Socket, room: Room) -> None:
    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        room.allowed = set()  # nobody has told the socket
        assert await socket.act("probe:7", "vote") == {"type": "refused", "id": "1", "text": IMPOSSIBLE}
        await socket.disconnect()

    play(scene)
    assert room.done == []


def end_sessions(member: Any) -> None:
    Session.objects.all().delete()


def end_membership(member: Any) -> None:
    Membership.objects.filter(person=member).update(state=MembershipState.LEFT)


@pytest.mark.parametrize("end", [end_sessions, end_membership])
def test_who_is_no_member_any_more_does_nothing(
    network: BoundNetwork, socket: Socket, member: Any, room: Room, end: Callable[[Any], None]
) -> None:
    def change() -> None:
        with bind(network):
            end(member)

    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        await sync_to_async(change)()  # nobody has told the socket
        await socket.say(json.dumps({"action": "act", "channel": "probe:7", "do": "vote"}))
        assert await socket.closed_with() == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(scene)
    assert room.done == []


def test_second_factor_that_is_required_by_now_ends_acting(
    network: BoundNetwork, client_of: ClientOf, room: Room, settings: Any
) -> None:
    with bind(network):
        manager = make_person(roles=("manager",))
        client = client_of(network, manager)
    room.allowed = {(manager.pk, 7)}
    settings.REQUIRE_SECOND_FACTOR = False

    async def scene() -> None:
        socket = socket_of(client, network)
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        settings.REQUIRE_SECOND_FACTOR = True
        await socket.say(json.dumps({"action": "act", "channel": "probe:7", "do": "vote"}))
        assert await socket.closed_with() == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(scene)
    assert room.done == []


def test_too_many_actions_are_refused_for_a_while(socket: Socket, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(consumers.time, "monotonic", lambda: now[0])

    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        for _time in range(MOST_ACTS):
            assert (await socket.act("probe:7", "vote"))["type"] == "done"
        sentence = "Das waren sehr viele Eingaben in kurzer Zeit. Bitte warten Sie einen Moment."
        assert await socket.act("probe:7", "vote", id="x") == {"type": "refused", "id": "x", "text": sentence}
        now[0] += consumers.ACTS_SECONDS
        assert (await socket.act("probe:7", "vote"))["type"] == "done"
        await socket.disconnect()

    play(scene)
    assert len(room.done) == MOST_ACTS + 1
