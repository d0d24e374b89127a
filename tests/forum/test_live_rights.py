"""Whoever may no longer read a group stops hearing it at once, not only at the next look a minute later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from dkbm.accounts.domain.admission import leave
from dkbm.accounts.domain.roles import revoke_role
from dkbm.accounts.models import Person
from dkbm.live import watch
from dkbm.live.consumers import CLOSE_NO_MEMBER
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.spaces import space_of
from tests.factories.forum import make_topic
from tests.factories.groups import make_concept_group, membership_of, row_of
from tests.factories.people import make_person
from tests.forum.live_scene import NOTHING, Scene, play
from tests.redis_process import RedisProcess
from workgroups.domain.concept import set_further_members
from workgroups.domain.groups import put_in_group
from workgroups.domain.members import leave_group, remove_from_group
from workgroups.domain.offices import assign_offices
from workgroups.models import Workgroup


class Rights(Scene):
    """The scene, with the manager who takes rights away, and a topic of the concept group."""

    def __init__(self, network: BoundNetwork, client_of: Any) -> None:
        super().__init__(network, client_of)
        with bind(network):
            self.manager, self.second = (make_person(name, roles=("manager",)) for name in ("Lena Eins", "Ludwig Zwei"))
            self.concept = make_concept_group()
            self.inner = f"topic:{make_topic(self.manager, space=space_of(self.concept)).pk}"
            self.group: Workgroup = self.topic.space.workgroup

    @property
    def by_manager(self) -> dict[str, Any]:
        return {"visitor": visitor_of(self.manager)}

    async def do(self, change: Callable[[Rights], object]) -> None:
        def act() -> None:
            with bind(self.network):
                change(self)

        await sync_to_async(act)()


@pytest.fixture
def scene(
    committed_network: BoundNetwork,
    client_of: Any,
    redis_server: RedisProcess,
    monkeypatch: pytest.MonkeyPatch,
) -> Rights:
    """Nobody looks at rights by themselves for an hour: what ends does so because it was told."""
    monkeypatch.setattr(watch, "RECHECK_SECONDS", 3600)
    return Rights(committed_network, client_of)


def leaves(scene: Rights) -> None:
    leave_group(workgroup=scene.group, visitor=visitor_of(scene.asker))


def is_removed(scene: Rights) -> None:
    remove_from_group(row=row_of(scene.group, scene.asker), reason="Darum.", **scene.by_manager)


@pytest.mark.parametrize("change", [leaves, is_removed])
def test_group_is_silent_for_who_went(scene: Rights, change: Callable[[Rights], object]) -> None:
    gone, stays = scene.socket(scene.asker), scene.socket(scene.helper)

    async def run() -> None:
        for socket in (gone, stays):
            assert await socket.connect() is None
            assert await socket.ask("subscribe", scene.name) == {"type": "subscribed", "channel": scene.name}
        await scene.do(change)
        assert await gone.hear() == {"type": "refused", "channel": scene.name}
        await scene.answer("Geheim")
        assert "Geheim" in (await stays.hear())["detail"]["parts"][0]["html"]
        assert await gone.ask("subscribe", NOTHING) == {"type": "refused", "channel": NOTHING}
        for socket in (gone, stays):
            await socket.disconnect()

    play(run)


def loses_the_role(scene: Rights) -> None:
    revoke_role(
        membership=membership_of(scene.second), role="manager", visitor=visitor_of(scene.manager), reason="Wechsel."
    )


def test_former_manager_hears_no_group(scene: Rights) -> None:
    assert heard_until(scene, scene.second, scene.name, loses_the_role) == {"type": "refused", "channel": scene.name}


def make_speaker(scene: Rights) -> None:
    put_in_group(workgroup=scene.group, person=scene.asker, office="speaker")


def give_a_seat(scene: Rights) -> None:
    set_further_members(workgroup=scene.group, people=[scene.asker], **scene.by_manager)


def loses_the_office(scene: Rights) -> None:
    assign_offices(workgroup=scene.group, holders={"speaker": None}, **scene.by_manager)


def is_followed(scene: Rights) -> None:
    assign_offices(workgroup=scene.group, holders={"speaker": scene.helper}, **scene.by_manager)


def loses_the_seat(scene: Rights) -> None:
    set_further_members(workgroup=scene.group, people=[], **scene.by_manager)


@pytest.mark.parametrize(
    ("before", "change"),
    [
        (make_speaker, loses_the_office),
        (make_speaker, is_followed),
        (make_speaker, is_removed),
        (give_a_seat, loses_the_seat),
        (give_a_seat, leaves),
    ],
)
def test_concept_group_is_silent_without_office_or_seat(
    scene: Rights, before: Callable[[Rights], object], change: Callable[[Rights], object]
) -> None:
    with bind(scene.network):
        before(scene)
    assert heard_until(scene, scene.asker, scene.inner, change) == {"type": "refused", "channel": scene.inner}


def heard_until(scene: Rights, person: Person, channel: str, change: Callable[[Rights], object]) -> Any:
    """What a subscriber of ``channel`` hears when the change has happened."""
    socket, heard = scene.socket(person), []

    async def run() -> None:
        assert await socket.connect() is None
        assert await socket.ask("subscribe", channel) == {"type": "subscribed", "channel": channel}
        await scene.do(change)
        heard.append(await socket.hear())
        await socket.disconnect()

    play(run)
    return heard[0]


def test_socket_of_who_leaves_the_network_is_closed(scene: Rights) -> None:
    socket = scene.socket(scene.asker)

    async def run() -> None:
        assert await socket.connect() is None
        await socket.ask("subscribe", scene.name)
        await scene.do(lambda _scene: leave(membership=membership_of(scene.asker)))
        assert await socket.closed_with() == CLOSE_NO_MEMBER
        await socket.disconnect()

    play(run)
