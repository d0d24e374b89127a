"""Where something happened, as ids: groups and topics are apps above.

Wishes about topics are kept by the forum, with the topics; it says here how to ask for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from .enums import Scope
from .kinds import Kind


@dataclass(frozen=True)
class Within:
    """The group, the topic, or both; neither means: in the network as a whole."""

    group: int | None = None
    topic: int | None = None


NETWORK = Within()

TopicWishes = Callable[[int], dict[UUID, bool]]
_topic_wishes: list[TopicWishes] = []


def register_topic_wishes(wishes: TopicWishes) -> None:
    """``wishes(topic_id)``: person -> wants to be told of what happens in the topic; others have no wish."""
    _topic_wishes.append(wishes)


TopicSwitch = Callable[[int, UUID, bool], bool]
_topic_switches: list[TopicSwitch] = []


def register_topic_switch(switch: TopicSwitch) -> None:
    """``switch(topic_id, person_id, wanted)``: write such a wish for a member who is not signed in; says whether it was
    written. Not where the topic is gone, nor to follow what the person may not read."""
    _topic_switches.append(switch)


def switch_topic(topic_id: int, person_id: UUID, *, wanted: bool) -> bool:
    return any(switch(topic_id, person_id, wanted) for switch in _topic_switches)


def wishes_about_topic(topic_id: int) -> dict[UUID, bool]:
    return {person: wanted for wishes in _topic_wishes for person, wanted in wishes(topic_id).items()}


def check_scope(kind: Kind, within: Within) -> None:
    """Raises ``ValueError`` where a kind of groups or topics is told without saying of which.

    What goes by group may happen in none, as a topic of the whole network does.
    """
    missing = {Scope.GROUP: within.group is None and not kind.by_group, Scope.TOPIC: within.topic is None}
    if missing.get(kind.scope):
        raise ValueError(f"Say in which {kind.scope.value} {kind.key} happened.")
