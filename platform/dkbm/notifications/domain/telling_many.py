"""Tell a crowd: one row in the transaction of what happened, and a task that tells them a part at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import models, transaction

from dkbm.core.commits import publish_on_commit
from dkbm.core.text import one_line
from dkbm.notifications.domain.deciding import Because
from dkbm.notifications.domain.outbox import Recipient, Thing
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.enums import Rule
from dkbm.notifications.kinds import kind_of
from dkbm.notifications.models import Crowd
from dkbm.notifications.scopes import NETWORK, Within, check_scope
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

TELL_TASK = "notifications.tell_crowd"
FEW = 5
"""So many are told at once, in the request that causes it; for more it would be the dearest part of a reply."""
MOST_AT_ONCE = 200
"""So many are told in one transaction of the task."""


def tell_many(
    *,
    kind: str,
    people: Collection[UUID],
    about: models.Model,
    path: str,
    context: dict[str, str],
    scope: Within = NETWORK,
    occasion: str = "",
    because: Because | None = None,
    sender: str = "",
) -> None:
    """As :func:`tell`, for people by their ids, of whom there may be thousands: a few are told at once, more by a task.

    Call it in the transaction of what happened. Who of them has left the network until then is not told.
    """
    check_scope(kind_of(kind), scope)
    thing = Thing.of(about)
    crowd = Crowd(
        kind=kind,
        people=list(people),
        about_label=thing.label,
        about_key=thing.key,
        path=path,
        context=context,
        occasion=occasion,
        group=scope.group,
        topic=scope.topic,
        because={str(person_id): rule for person_id, rule in (because or {}).items()},
        sender=one_line(sender)[:200],
    )
    if len(crowd.people) <= FEW:
        _tell(crowd, crowd.people)
        return
    crowd.save()
    publish_on_commit(TELL_TASK, crowd_id=crowd.pk)


def tell_crowd(*, crowd_id: int) -> None:
    """Tell all who are left of the crowd; one that is gone, or that somebody else is telling, is left alone."""
    while _tell_some(crowd_id):
        pass


@transaction.atomic
def _tell_some(crowd_id: int) -> bool:
    """Whether there are more."""
    crowd = Crowd.objects.select_for_update(skip_locked=True).filter(pk=crowd_id).first()
    if crowd is None:
        return False
    _tell(crowd, crowd.people[:MOST_AT_ONCE])
    crowd.people = crowd.people[MOST_AT_ONCE:]
    if crowd.people:
        crowd.save(update_fields=["people"])
    else:
        crowd.delete()
    return bool(crowd.people)


def _tell(crowd: Crowd, people: Sequence[UUID]) -> None:
    tell(
        kind=crowd.kind,
        people=_recipients(people),
        about=Thing(crowd.about_label, crowd.about_key),
        path=crowd.path,
        context=crowd.context,
        scope=Within(group=crowd.group, topic=crowd.topic),
        occasion=crowd.occasion,
        because={UUID(person_id): Rule(rule) for person_id, rule in crowd.because.items()},
        sender=crowd.sender,
    )


def _recipients(people: Sequence[UUID]) -> list[Recipient]:
    """Those who are members now, in the order of their ids."""
    rows = Membership.objects.filter(person_id__in=people, state=MembershipState.ACTIVE).select_related("person")
    return [row.person for row in rows.order_by("person_id")]
