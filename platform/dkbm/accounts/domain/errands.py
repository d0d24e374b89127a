"""What a stranger asks for an address is left to the worker, known or not: the answer tells nothing, not even by its
time.

The request writes one row whatever the address. With the worker away rows wait, and a sweep finds them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from dkbm.accounts.enums import ErrandKind
from dkbm.accounts.models import Errand
from dkbm.core.commits import publish_on_commit

TASK = "accounts.run_errand"
MOST_AN_HOUR = {ErrandKind.SIGN_UP: 2, ErrandKind.CONFIRM: 2, ErrandKind.RESET: 2, ErrandKind.ATTEMPTS: 1}
MOST_IN_ALL = 3
"""So many are run in an hour for one address, of each kind and together, so that nobody floods a mailbox, and that no
kind takes all the room. A further one waits for its turn, for it may be the owner's, and only the newest of its kind:
it would take the place of the earlier ones, so nobody waits behind what strangers asked."""
HOUR = timedelta(hours=1)
AFTER_FAILURE = timedelta(minutes=10)
KEPT = timedelta(days=3)

Handlers = Mapping[str, Callable[[str, dict[str, Any]], None]]


def leave(*, kind: ErrandKind, address: str, details: Mapping[str, Any] | None = None) -> None:
    """``details``: plain JSON; blank once it is done."""
    errand = Errand.objects.create(kind=kind, address=address, details=dict(details or {}))
    publish_on_commit(TASK, errand_id=errand.pk)


@transaction.atomic
def run(errand_id: int, handlers: Handlers) -> None:
    """One that is done, gone, under way or not due is left alone."""
    now = timezone.now()
    due = Errand.objects.select_for_update(skip_locked=True).filter(pk=errand_id, done=None, due__lte=now)
    errand = due.first()
    if errand is None:
        return
    same = Errand.objects.filter(address=errand.address, kind=errand.kind, done=None)
    if same.filter(pk__gt=errand.pk).exists():
        errand.delete()
        return
    same.filter(pk__lt=errand.pk).delete()  # waits for one that is under way, so that it is counted
    turn = _turn(errand)
    if turn <= now:
        handlers[errand.kind](errand.address, errand.details)
        errand.done, errand.details = now, {}
        errand.save()
    elif errand.kind == ErrandKind.ATTEMPTS:  # later it would be no news
        errand.delete()
    else:
        errand.due = turn
        errand.save()


def _turn(errand: Errand) -> datetime:
    """When it is not too much for the address."""
    done = Errand.objects.filter(address=errand.address).exclude(done=None).order_by("-done")
    bounds = [(done, MOST_IN_ALL), (done.filter(kind=errand.kind), MOST_AN_HOUR[ErrandKind(errand.kind)])]
    full = [when for rows, most in bounds for when in rows.values_list("done", flat=True)[most - 1 : most]]
    return max((when + HOUR for when in full), default=errand.created)


def postpone(errand_id: int) -> None:
    """It failed; what is too old is given up by the sweep."""
    Errand.objects.filter(pk=errand_id).update(due=timezone.now() + AFTER_FAILURE)


def due_errands() -> list[int]:
    """Throws away what is done or old, and names what waits."""
    now = timezone.now()
    Errand.objects.filter(done__lt=now - HOUR).delete()
    Errand.objects.filter(created__lt=now - KEPT).delete()
    return list(Errand.objects.filter(done=None, due__lte=now).order_by("pk").values_list("pk", flat=True))
