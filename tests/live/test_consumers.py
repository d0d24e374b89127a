"""The page's socket: who gets in, what is heard, and when it ends."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
import redis
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from asgiref.sync import sync_to_async
from django.db import transaction
from django.test import Client

from dkbm.accounts.domain import admission
from dkbm.live import watch
from dkbm.live.broadcast import _publish, broadcast_on_commit, rights_changed_on_commit
from dkbm.live.consumers import (
    CLOSE_BAD_MESSAGE,
    CLOSE_FETCH_AGAIN,
    CLOSE_NO_MEMBER,
    MOST_CHARACTERS,
)
from dkbm.live.groups import group
from dkbm.live.hub import hub
from dkbm.live.outlet import MOST_WAITING
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.sockets import CLOSE_FOREIGN_ORIGIN
from dkbm.tenancy.visitor import visitor_of
from tests.factories.people import PASSWORD, make_person
from tests.live.communicator import Socket
from tests.live.scene import ClientOf, Room, application, play, socket_of
from tests.redis_process import RedisProcess
from tests.waiting import soon, until


@pytest.mark.parametrize("state", [None, *(s for s in MembershipState if s != MembershipState.ACTIVE)])
def test_only_active_members_get_in(
    network: BoundNetwork, client_of: ClientOf, room: Room, state: MembershipState | None
) -> None:
    person = None
    if state:
        with bind(network):
            person = make_person(state=state)
    client = client_of(network, person)

    async def scene() -> None:
        assert await socket_of(client, network).connect() == CLOSE_NO_MEMBER

    play(scene)


def test_member_of_another_network_stays_out(
    network: BoundNetwork, other: BoundNetwork, client_of: ClientOf, room: Room
) -> None:
    with bind(network):
        client = client_of(network, make_person())

    async def scene() -> None:
        assert await socket_of(client, other).connect() == CLOSE_NO_MEMBER
        foreign = socket_of(client, network, origin=f"http://{other.host}")
        assert await foreign.connect() == CLOSE_FOREIGN_ORIGIN

    play(scene)


def say(network: BoundNetwork, id: int, text: str) -> None:
    with bind(network):
        broadcast_on_commit(group("probe", id), {"html": text})


def test_member_hears_what_was_asked_for(network: BoundNetwork, other: BoundNetwork, socket: Socket) -> None:
    async def scene() -> None:
        assert await socket.connect() is None
        assert await socket.ask("subscribe", "probe:7") == {"type": "subscribed", "channel": "probe:7"}
        for where, id, text in ((other, 7, "fremd"), (network, 8, "nicht bestellt"), (network, 7, "Grüße")):
            await sync_to_async(say)(where, id, text)
        assert await socket.hear() == {"type": "message", "channel": "probe:7", "detail": {"html": "Grüße"}}
        await socket.say('{"action": "unsubscribe", "channel": "probe:7"}')
        await soon(lambda: f"probe.{network.id}.7" not in hub.readers)
        await socket.disconnect()

    play(scene)


@pytest.mark.parametrize(
    "channel", ["probe:9", "probe:", "probe:-7", "probe:٧", "unknown:7", "probe.1.7", "", "-rights:0"]
)
def test_forbidden_and_missing_are_refused_alike(socket: Socket, channel: str) -> None:
    async def scene() -> None:
        await socket.connect()
        assert await socket.ask("subscribe", channel) == {"type": "refused", "channel": channel}
        await socket.disconnect()

    play(scene)


ACT = '{"action": "act", "channel": "probe:7", '
TOO_LONG = json.dumps({"action": "act", "channel": "probe:7", "with": {"x": "x" * MOST_CHARACTERS}})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        '{"action": "subscribe"}',
        '{"action": "subscribe", "channel": 7}',
        '{"action": "x", "channel": "probe:7"}',
        ACT + '"do": 7}',
        ACT + '"with": ["x"]}',
        ACT + '"with": {"x": 7}}',
        ACT + '"with": {"x": {"y": "z"}}}',
        ACT + '"id": 7}',
        ACT + f'"id": "{"7" * 65}"}}',
        TOO_LONG,
    ],
)
def test_nonsense_ends_the_socket(socket: Socket, text: str) -> None:
    async def scene() -> None:
        await socket.connect()
        await socket.say(text)
        assert await socket.closed_with() == CLOSE_BAD_MESSAGE
        await socket.disconnect()

    play(scene)


def test_right_that_is_taken_away_ends_the_subscription(
    network: BoundNetwork, socket: Socket, member: Any, room: Room
) -> None:
    async def scene() -> None:
        await socket.connect()
        for channel in ("probe:7", "probe:8"):
            await socket.ask("subscribe", channel)
        room.allowed = {(member.pk, 8)}
        await sync_to_async(announce_rights)(network, member.pk)
        assert await socket.hear() == {"type": "refused", "channel": "probe:7"}
        assert {name for name in hub.readers if name.startswith("probe")} == {f"probe.{network.id}.8"}
        await socket.disconnect()

    play(scene)


def announce_rights(network: BoundNetwork, person_id: UUID) -> None:
    with bind(network):
        _publish(group("-rights", 0), str(person_id))


def test_rights_are_looked_at_without_being_told(socket: Socket, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "RECHECK_SECONDS", 0.05)

    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        room.allowed = set()
        assert await socket.hear() == {"type": "refused", "channel": "probe:7"}
        await socket.disconnect()

    play(scene)


def test_leaving_the_network_closes_the_socket(network: BoundNetwork, socket: Socket, member: Any) -> None:
    def leave() -> None:
        with bind(network):
            admission.leave(membership=Membership.objects.get(person=member))

    async def scene() -> None:
        await socket.connect()
        await sync_to_async(leave)()
        assert await socket.closed_with() == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(scene)


def sign_out(network: BoundNetwork, client: Client, person: Any) -> None:
    assert client.post("/konto/logout/").status_code == 302


def end_session(network: BoundNetwork, client: Client, person: Any) -> None:
    with bind(network):
        client.session.delete()


def close_account(network: BoundNetwork, client: Client, person: Any) -> None:
    with bind(network):
        person.is_active = False
        person.save(update_fields=["is_active"])


def refuse_membership(network: BoundNetwork, client: Client, person: Any) -> None:
    """Waiting people may sign in; whoever became one again hears nothing."""
    with bind(network):
        manager = make_person(roles=("manager",))
        Membership.objects.filter(person=person).update(state=MembershipState.REQUESTED)
        membership = Membership.objects.get(person=person)
        assert admission.refuse(membership=membership, visitor=visitor_of(manager), reason="Versehen")


@pytest.mark.parametrize("end", [sign_out, end_session, close_account, refuse_membership])
def test_socket_ends_with_the_session_that_opened_it(
    network: BoundNetwork, client_of: ClientOf, member: Any, end: Callable[..., None]
) -> None:
    """At once, and not when everybody is looked at anyway; the socket of another session goes on until its own end."""
    client = client_of(network, member)

    async def scene() -> None:
        socket = socket_of(client, network)
        await socket.connect()
        await sync_to_async(end)(network, client, member)
        assert await asyncio.wait_for(socket.closed_with(), watch.RECHECK_SECONDS / 6) == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(scene)


def test_signing_out_leaves_the_sockets_of_other_devices(
    network: BoundNetwork, client_of: ClientOf, member: Any
) -> None:
    here, elsewhere = client_of(network, member), client_of(network, member)

    async def scene() -> None:
        ends, stays = socket_of(here, network), socket_of(elsewhere, network)
        for socket in (ends, stays):
            await socket.connect()
        await sync_to_async(sign_out)(network, here, member)
        assert await ends.closed_with() == CLOSE_NO_MEMBER
        assert await stays.ask("subscribe", "probe:7") == {"type": "subscribed", "channel": "probe:7"}
        for socket in (ends, stays):
            await socket.disconnect()

    play(scene)


def test_new_password_ends_the_sockets_in_the_persons_other_networks(
    network: BoundNetwork, other: BoundNetwork, client_of: ClientOf, member: Any
) -> None:
    with bind(other):
        Membership.objects.create(person=member, state=MembershipState.ACTIVE)
        client = client_of(other, member)

    def change() -> None:
        with bind(network):
            member.set_password("ein-neues-langes")
            member.save()

    async def scene() -> None:
        socket = socket_of(client, other)
        await socket.connect()
        await sync_to_async(change)()
        assert await asyncio.wait_for(socket.closed_with(), watch.RECHECK_SECONDS / 6) == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(scene)
    with bind(other):  # this network is everybody's
        Membership.objects.filter(person=member).delete()


def test_changed_password_closes_the_sockets_of_the_old_one(
    network: BoundNetwork, client_of: ClientOf, socket: Socket, member: Any, room: Room
) -> None:
    def change() -> None:
        changing = client_of(network)
        assert changing.post("/konto/login/", {"login": member.email, "password": PASSWORD}).status_code == 302
        new = {"oldpassword": PASSWORD, "password1": "ein-neues-langes"}
        assert changing.post("/konto/password/change/", new)["Location"] == "/konto/"

    async def scene() -> None:
        await socket.connect()
        await sync_to_async(change)()
        assert await socket.closed_with() == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(scene)


@pytest.mark.parametrize(("required", "answer"), [(True, CLOSE_NO_MEMBER), (False, None)])
def test_manager_hears_nothing_without_the_second_factor(
    network: BoundNetwork, client_of: ClientOf, room: Room, settings: Any, required: bool, answer: int | None
) -> None:
    with bind(network):
        client = client_of(network, make_person(roles=("manager",)))
    settings.REQUIRE_SECOND_FACTOR = required

    async def scene() -> None:
        socket = socket_of(client, network)
        assert await socket.connect() == answer
        await socket.disconnect()

    play(scene)


@pytest.mark.parametrize(("method", "answer"), [("password", CLOSE_NO_MEMBER), ("mfa", None)])
def test_manager_with_a_second_factor_hears_only_where_the_session_passed_it(
    network: BoundNetwork, client_of: ClientOf, room: Room, method: str, answer: int | None
) -> None:
    with bind(network):
        manager = make_person(roles=("manager",))
        TOTP.activate(manager, generate_totp_secret())
        client = client_of(network, manager)
        session = client.session
        session["account_authentication_methods"] = [{"method": method, "at": time.time()}]
        session["account_authentication_methods_user"] = str(manager.pk)
        session.save()

    async def scene() -> None:
        socket = socket_of(client, network)
        assert await socket.connect() == answer
        await socket.disconnect()

    play(scene)
    with bind(network):
        Authenticator.objects.filter(user=manager).delete()  # the network stays, and others count these


async def jammed(scope: Any, receive: Any, send: Any) -> None:
    """A browser that takes nothing more once it has subscribed."""

    async def send_slowly(event: dict[str, Any]) -> None:
        if event["type"] == "websocket.send" and "subscribed" not in event["text"]:
            await asyncio.Event().wait()
        await send(event)

    await application(scope, receive, send_slowly)


def test_slow_reader_is_sent_away_and_the_others_go_on(
    network: BoundNetwork, client_of: ClientOf, member: Any, room: Room
) -> None:
    client = client_of(network, member)
    name = f"probe.{network.id}.7"

    async def scene() -> None:
        fast, slow = socket_of(client, network), socket_of(client, network)
        slow.application = jammed
        for socket in (fast, slow):
            await socket.connect()
            await socket.ask("subscribe", "probe:7")
        assert len(hub.readers[name]) == 2
        for number in range(MOST_WAITING + 2):
            await asyncio.to_thread(_publish, name, json.dumps({"n": number}))
            assert await fast.hear() == {"n": number}
        assert await slow.closed_with() == CLOSE_FETCH_AGAIN
        assert len(hub.readers[name]) == 1
        for socket in (fast, slow):
            await socket.disconnect()

    play(scene)


def test_redis_that_goes_and_comes_is_told(socket: Socket, redis_server: RedisProcess) -> None:
    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        redis_server.kill()
        assert await socket.hear() == {"type": "paused"}
        redis_server.start()
        assert await socket.hear() == {"type": "fetch"}
        await socket.disconnect()

    play(scene)


def test_page_opened_while_redis_is_away(socket: Socket, redis_server: RedisProcess) -> None:
    redis_server.kill()

    async def scene() -> None:
        await socket.connect()
        heard = [await socket.ask("subscribe", "probe:7")]
        while heard[-2:] != [{"type": "subscribed", "channel": "probe:7"}, {"type": "paused"}]:
            heard.append(await socket.hear())
        redis_server.start()
        assert await socket.hear() == {"type": "fetch"}
        await socket.disconnect()

    play(scene)


def test_messages_wait_for_the_commit(network: BoundNetwork, redis_server: RedisProcess) -> None:
    with redis.Redis.from_url(redis_server.url) as client, client.pubsub(ignore_subscribe_messages=True) as pubsub:
        pubsub.psubscribe("*")
        with bind(network):
            with transaction.atomic():
                broadcast_on_commit(group("probe", 7), {"n": 1})
                rights_changed_on_commit(uuid4())
                transaction.set_rollback(True)
            with transaction.atomic():
                broadcast_on_commit(group("probe", 7), {"n": 2})
        message = until(lambda: pubsub.get_message(timeout=1))
        assert json.loads(message["data"])["detail"] == {"n": 2}
