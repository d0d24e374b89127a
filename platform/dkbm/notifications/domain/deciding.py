"""The one place that decides how each person is told of an event, and by which rule.

From the narrowest rule to the widest:

1. what is mandatory is mailed at once;
2. who follows the topic is mailed at once, who has muted it hears nothing;
3. who has switched a group's mails off finds it on the platform, whatever they chose for the kind;
4. what the person chose for the kind;
5. who wrote in the topic or was named is mailed at once;
6. what they chose for the group (kinds that go by group, from here to 9);
7. who has an office there is mailed at once;
8. what they chose for all groups;
9. what the network has set for all, or ``DEFAULT``;
10. what is usual for the kind.

During a pause whatever is not mandatory and can wait does so for the first digest after it.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from dkbm.notifications.enums import Level, Rule, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Wish
from dkbm.notifications.scopes import Within, wishes_about_topic

DEFAULT = Level.DAILY
"""Of what happens in groups, in networks that have set nothing else."""

Because = Mapping[UUID, Rule]
"""What the app that tells knows of a person: they wrote in the topic, were named, have an office."""

PERSONAL = (Rule.WROTE, Rule.MENTIONED)


@dataclass(frozen=True)
class Ruling:
    """How one person is told, and why so."""

    level: Level
    rule: Rule


@dataclass
class _Wishes:
    """What one person chose, as far as it can count for one event."""

    kind_here: str = ""
    kind: str = ""
    group: str = ""
    general: str = ""
    paused_until: datetime.date | None = None
    topic: bool | None = None


@dataclass
class _Choices:
    """``network``: what the network has set for whoever chose nothing, or empty."""

    of: dict[UUID, _Wishes] = field(default_factory=dict)
    network: str = ""

    def person(self, person_id: UUID) -> _Wishes:
        return self.of.setdefault(person_id, _Wishes())


def decide(kind: Kind, people: Collection[UUID], scope: Within, because: Because | None = None) -> dict[UUID, Ruling]:
    """Person -> how they are told of ``kind`` when it happens there. At most two queries, however many people."""
    if not kind.optional:
        return dict.fromkeys(people, Ruling(Level.AT_ONCE, Rule.MANDATORY))
    choices = _choices(kind, scope, Q(person__in=people), _wishes_about_topic(kind, scope))
    reasons = because or {}
    today = timezone.localdate()
    nothing = _Wishes()
    return {
        person_id: _ruling(kind, choices.of.get(person_id, nothing), choices.network, reasons.get(person_id), today)
        for person_id in people
    }


def whoever_chose(kind: Kind, scope: Within) -> dict[UUID, Ruling]:
    """As :func:`decide`, for all who have said something about ``kind`` there, whether it concerns them or not.

    Of others nothing is read: what thousands chose for a group decides nothing here.
    """
    of_topic = _wishes_about_topic(kind, scope)
    said = Wish.objects.filter(kind=kind.key, person__isnull=False).order_by().values("person")
    choices = _choices(kind, scope, Q(person__in=said) | Q(person__in=list(of_topic)), of_topic)
    today = timezone.localdate()
    return {
        person_id: _ruling(kind, wishes, choices.network, None, today)
        for person_id, wishes in choices.of.items()
        if wishes.topic is not None or wishes.kind_here or wishes.kind
    }


def _ruling(kind: Kind, wishes: _Wishes, network: str, reason: Rule | None, today: datetime.date) -> Ruling:
    ruling = _without_pause(kind, wishes, network, reason)
    can_wait = ruling.level == Level.AT_ONCE and Level.DAILY in kind.levels
    if can_wait and wishes.paused_until and today <= wishes.paused_until:
        return Ruling(Level.DAILY, Rule.PAUSED)
    return ruling


def _without_pause(kind: Kind, wishes: _Wishes, network: str, reason: Rule | None) -> Ruling:
    """The first of these that says something."""
    in_group = kind.by_group
    rules: tuple[tuple[Level | str | None, Rule], ...] = (
        (Level.AT_ONCE if wishes.topic else None, Rule.TOPIC_FOLLOWED),
        (Level.OFF if wishes.topic is False else None, Rule.TOPIC_MUTED),
        (Level.BELL if wishes.group == Level.BELL else None, Rule.GROUP_OFF),
        (wishes.kind_here or wishes.kind, Rule.KIND),
        (Level.AT_ONCE if reason in PERSONAL else None, reason or Rule.WROTE),
        (wishes.group if in_group else None, Rule.GROUP),
        (Level.AT_ONCE if reason == Rule.OFFICE else None, Rule.OFFICE),
        (wishes.general if in_group else None, Rule.GENERAL),
        ((network or DEFAULT) if in_group else None, Rule.NETWORK),
        (kind.level, Rule.USUAL),
    )
    return next(Ruling(Level(level), rule) for level, rule in rules if level)


def _wishes_about_topic(kind: Kind, scope: Within) -> dict[UUID, bool]:
    """Where topics have a say; one query then."""
    return wishes_about_topic(scope.topic) if kind.scope == Scope.TOPIC and scope.topic is not None else {}


def _choices(kind: Kind, scope: Within, whose: Q, of_topic: Mapping[UUID, bool]) -> _Choices:
    """What they chose, and the network for whoever chose nothing, with one query."""
    group = scope.group if kind.scope != Scope.NETWORK else None
    whose |= Q(person__isnull=True)
    rows = Wish.objects.filter(whose, Q(group__isnull=True) | Q(group=group), kind__in=["", kind.key])
    found = _Choices()
    for person_id, key, place, level, paused_until in rows.values_list(
        "person_id", "kind", "group", "level", "paused_until"
    ):
        if person_id is None:
            found.network = level
            continue
        wishes = found.person(person_id)
        if key:
            setattr(wishes, "kind" if place is None else "kind_here", level)
        elif place is None:
            wishes.general, wishes.paused_until = level, paused_until
        else:
            wishes.group = level
    for person_id, wanted in of_topic.items():
        found.person(person_id).topic = wanted
    return found
