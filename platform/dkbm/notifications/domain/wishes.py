"""Who wants to be told of what. The narrowest wish holds: topic, then group, then network, then the kind's default."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind, kind_of
from dkbm.notifications.models import Wish
from dkbm.notifications.scopes import NETWORK, Within, wishes_about_topic


class CannotWish(ValueError):
    """The kind cannot be switched off, or is not told by group. An error of the caller: no page offers it."""


def who_wants(kind: Kind, people: Collection[UUID], scope: Within) -> set[UUID]:
    """Those of ``people`` (ids) who are to be told of ``kind`` when it happens there; of a quiet kind all."""
    if not kind.optional or kind.quiet:
        return set(people)
    wishes = _wishes(kind, scope)
    return {person_id for person_id in people if wishes.get(person_id, kind.default)}


def who_is_mailed(kind: Kind, people: Collection[UUID], scope: Within, *, mailed: Collection[UUID]) -> set[UUID]:
    """Those of ``people`` who are also mailed: all; of a quiet kind who wishes it, and without a wish ``mailed``."""
    if not kind.quiet:
        return set(people)
    wishes = _wishes(kind, scope) if kind.optional else {}
    return {person_id for person_id in people if wishes.get(person_id, person_id in mailed)}


def asked_for(*, kind: str, scope: Within = NETWORK) -> set[UUID]:
    """Ids of all who wish to be told of ``kind`` there, whether it concerns them or not.

    For kinds that by default reach only those who take part; whether the others may read of it, the caller checks.
    """
    return {person_id for person_id, wanted in _wishes(kind_of(kind), scope).items() if wanted}


def wants(*, kind: str, person: Recipient, scope: Within = NETWORK) -> bool:
    """What holds for a person whom it concerns; for the switch on a page."""
    return person.pk in who_wants(kind_of(kind), [person.pk], scope)


def set_wish(*, kind: str, person: Recipient, wanted: bool, group: int | None = None) -> Wish:
    """Be told of ``kind`` or not: everywhere, or in one group, which the caller has checked that the person may see.

    A wish about one topic is following it (``forum.domain.subscriptions``). Raises :class:`CannotWish`.
    """
    wished = _that_may_be_wished(kind)
    if group is not None and wished.scope == Scope.NETWORK:
        raise CannotWish(f"{kind} is not told by group.")
    wish: Wish
    wish, _new = Wish.objects.update_or_create(kind=kind, person_id=person.pk, group=group, defaults={"wanted": wanted})
    return wish


def wishes_of(person: Recipient) -> dict[str, bool]:
    """Kind -> wanted: what the person wishes everywhere in the network."""
    own = Wish.objects.filter(person_id=person.pk, group__isnull=True)
    return dict(own.values_list("kind", "wanted"))


@transaction.atomic
def save_wishes(*, person: Recipient, wishes: Mapping[str, bool | None]) -> None:
    """Wishes for the whole network; ``None`` takes one back, those about groups stay. Raises :class:`CannotWish`."""
    for kind, wanted in wishes.items():
        if wanted is None:
            Wish.objects.filter(kind=_that_may_be_wished(kind).key, person_id=person.pk, group__isnull=True).delete()
        else:
            set_wish(kind=kind, person=person, wanted=wanted)


def _that_may_be_wished(key: str) -> Kind:
    kind = kind_of(key)
    if not kind.optional:
        raise CannotWish(f"{key} cannot be switched off.")
    return kind


def _wishes(kind: Kind, scope: Within) -> dict[UUID, bool]:
    """Person -> the narrowest wish, of everybody who has one."""
    place = Q(group__isnull=True)
    if kind.scope != Scope.NETWORK and scope.group is not None:
        place |= Q(group=scope.group)
    rows = Wish.objects.filter(place, kind=kind.key).order_by(F("group").asc(nulls_first=True))
    wishes: dict[UUID, bool] = dict(rows.values_list("person_id", "wanted"))
    if kind.scope == Scope.TOPIC and scope.topic is not None:
        wishes |= wishes_about_topic(scope.topic)
    return wishes
