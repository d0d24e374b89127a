"""How people want to be told: of kinds, of groups, of everything else, and not at all for a while.

What follows from their wishes decides ``domain.deciding``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dkbm.notifications.domain.deciding import DEFAULT, decide, whoever_chose
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.enums import DIGESTS, GROUP_LEVELS, MAILED, Level, Scope
from dkbm.notifications.kinds import Kind, kind_of
from dkbm.notifications.models import Notification, Wish
from dkbm.notifications.scopes import NETWORK, Within


class CannotWish(ValueError):
    """The kind cannot be switched off, or is not told by group. An error of the caller: no page offers it."""


@dataclass(frozen=True)
class Wishes:
    """All that a person chose in the bound network; what they left open is missing, ``general`` is then ``None``.

    ``kinds``: key -> level, in the whole network; ``groups``: id of a group -> level of what happens there.
    """

    general: Level | None = None
    groups: Mapping[int, Level] = field(default_factory=dict)
    kinds: Mapping[str, Level] = field(default_factory=dict)
    paused_until: datetime.date | None = None


def asked_for(*, kind: str, scope: Within = NETWORK) -> set[UUID]:
    """Ids of all who wish to be mailed of ``kind`` there, whether it concerns them or not: by the kind or the topic.

    For kinds that by default reach only those who take part; whether the others may read of it, the caller checks.
    """
    return {person_id for person_id, ruling in whoever_chose(kind_of(kind), scope).items() if ruling.level in MAILED}


def wants(*, kind: str, person: Recipient, scope: Within = NETWORK) -> bool:
    """Whether a person whom it concerns is told in any way."""
    return decide(kind_of(kind), [person.pk], scope)[person.pk].level != Level.OFF


def default_level() -> Level:
    """How whoever chose nothing is told of what happens in groups of the bound network."""
    level = Wish.objects.filter(person__isnull=True).values_list("level", flat=True).first()
    return Level(level) if level else DEFAULT


def set_default_level(level: Level) -> None:
    """For all in the bound network who chose nothing; the caller has checked the right."""
    Wish.objects.update_or_create(person=None, kind="", group=None, defaults={"level": level})


def wishes_of(person: Recipient) -> Wishes:
    """One query."""
    own = Wish.objects.filter(person_id=person.pk).filter(Q(kind="") | Q(group__isnull=True))
    rows = list(own)
    general = next((row for row in rows if not row.kind and row.group is None), Wish())
    return Wishes(
        general=Level(general.level) if general.level else None,
        groups={row.group: Level(row.level) for row in rows if row.group is not None},
        kinds={row.kind: Level(row.level) for row in rows if row.kind},
        paused_until=general.paused_until,
    )


def level_in_group(person: Recipient, group: int) -> Level:
    """How the person is told of what happens in the group, as far as nothing narrower counts. One query."""
    rows = Wish.objects.filter(Q(person_id=person.pk) | Q(person__isnull=True), Q(group=group) | Q(group=None), kind="")
    found = {(row.person_id is None, row.group): row.level for row in rows}
    chosen = found.get((False, group)) or found.get((False, None)) or found.get((True, None))
    return Level(chosen) if chosen else DEFAULT


def level_choices(usual: Level) -> list[tuple[str, Any]]:
    """What can be chosen for a group or for all; the empty value is what is ``usual`` in the network."""
    return [
        ("", _("wie im Netzwerk üblich: %(level)s") % {"level": usual.label}),
        *((level.value, level.label) for level in GROUP_LEVELS),
    ]


def set_wish(*, kind: str, person: Recipient, level: Level, group: int | None = None) -> None:
    """Be told of ``kind`` in this way: everywhere, or in one group; the caller has checked that the person may see it.

    A wish about one topic is following it (``forum.domain.subscriptions``). Raises :class:`CannotWish`.
    """
    wished = _that_may_be_wished(kind)
    if level not in wished.levels:
        raise CannotWish(f"{kind} is not told {level}.")
    if group is not None and wished.scope == Scope.NETWORK:
        raise CannotWish(f"{kind} is not told by group.")
    _write(person, kind=kind, group=group, level=level)


def set_group_wish(*, group: int, person: Recipient, level: Level | None) -> None:
    """Be told of all that happens in the group in this way; ``None`` takes the wish back.

    The caller has checked that the person may see the group.
    """
    _write(person, kind="", group=group, level=_for_groups(level))
    settle(person=person)


def set_general_wish(*, person: Recipient, level: Level | None) -> None:
    """Of what happens in all groups for which the person chose nothing; ``None`` takes it back."""
    defaults = {"level": _for_groups(level) or ""}
    Wish.objects.update_or_create(person_id=person.pk, kind="", group=None, defaults=defaults)


def pause(*, person: Recipient, until: datetime.date | None) -> None:
    """No mail but what is mandatory up to and with that day; ``None`` ends the pause."""
    Wish.objects.update_or_create(person_id=person.pk, kind="", group=None, defaults={"paused_until": until})


@transaction.atomic
def save_wishes(
    *,
    person: Recipient,
    kinds: Mapping[str, Level | None],
    groups: Mapping[int, Level | None],
    general: Level | None,
    paused_until: datetime.date | None,
) -> None:
    """All at once, as the person's page sends them; what it does not name stays. Raises :class:`CannotWish`."""
    for key, level in kinds.items():
        if level is None:
            _write(person, kind=_that_may_be_wished(key).key, group=None, level=None)
        else:
            set_wish(kind=key, person=person, level=level)
    for group, level in groups.items():
        _write(person, kind="", group=group, level=_for_groups(level))
    set_general_wish(person=person, level=general)
    pause(person=person, until=paused_until)
    settle(person=person)


@transaction.atomic
def no_more_digests(*, person: Recipient, level: Level) -> None:
    """Whatever would come in such a digest (daily or weekly) is found on the platform alone from now on."""
    own = Wish.objects.filter(person_id=person.pk)
    own.filter(level=level).update(level=Level.BELL)
    general = own.filter(kind="", group__isnull=True).values_list("level", flat=True).first()
    if not general and default_level() == level:
        set_general_wish(person=person, level=Level.BELL)
    Notification.objects.filter(person_id=person.pk, level=level, digest__isnull=True).update(level=Level.BELL)


def settle(*, person: Recipient) -> None:
    """What still waits for a digest follows the wishes as they are now, where these ask for no mail any more."""
    waiting = Notification.objects.filter(
        person_id=person.pk, level__in=DIGESTS, digest__isnull=True, read__isnull=True
    )
    for key, group, topic in waiting.order_by().values_list("kind", "group", "topic").distinct():
        now = decide(kind_of(key), [person.pk], Within(group=group, topic=topic))[person.pk]
        if now.level in (Level.BELL, Level.OFF):
            waiting.filter(kind=key, group=group, topic=topic).update(level=now.level, rule=now.rule)


def _write(person: Recipient, *, kind: str, group: int | None, level: Level | None) -> None:
    if level is None:
        Wish.objects.filter(person_id=person.pk, kind=kind, group=group).delete()
    else:
        Wish.objects.update_or_create(person_id=person.pk, kind=kind, group=group, defaults={"level": level})


def _for_groups(level: Level | None) -> Level | None:
    if level is not None and level not in GROUP_LEVELS:
        raise CannotWish(f"{level} cannot be chosen for groups.")
    return level


def _that_may_be_wished(key: str) -> Kind:
    kind = kind_of(key)
    if not kind.optional:
        raise CannotWish(f"{key} cannot be switched off.")
    return kind
