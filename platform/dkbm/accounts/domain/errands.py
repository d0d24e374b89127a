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
MOST_AN_HOUR = {ErrandKind.SIGN_UP: 10, ErrandKind.RESET: 3, ErrandKind.ATTEMPTS: 1}
"""So many are run for one address, so that nobody floods a mailbox. A further sign-up waits for its turn, for it may be
the owner's; of the others the mailbox holds what it needs: an unused link stays good."""
HOUR = timedelta(hours=1)
AFTER_FAILURE = timedelta(minutes=10)
KEPT = timedelta(days=3)

Handlers = Mapping[str, Callable[[str, dict[str, Any]], None]]


def leave(*, kind: ErrandKind, address: str, details: Mapping[str, Any] | None = None) -> None:
    """``details``: plain JSON; blank once it is done."""
    errand = Errand.objects.create(kind=kind, address=address.strip().lower(), details=dict(details or {}))
    publish_on_commit(TASK, errand_id=errand.pk)


@transaction.atomic
def run(errand_id: int, handlers: Handlers) -> None:
    """One that is done, gone, under way or not due is left alone."""
    now = timezone.now()
    due = Errand.objects.select_for_update(skip_locked=True).filter(pk=errand_id, done=None, due__lte=now)
    errand = due.first()
    if errand is None:
        return
    turn = _turn(errand)
    if turn <= now:
        handlers[errand.kind](errand.address, errand.details)
        errand.done, errand.details = now, {}
        errand.save()
    elif errand.kind == ErrandKind.SIGN_UP:
        errand.due = turn
        errand.save()
    else:
        errand.delete()


def _turn(errand: Errand) -> datetime:
    """When it is not too much for the address."""
    most = MOST_AN_HOUR[ErrandKind(errand.kind)]
    same = Errand.objects.filter(address=errand.address, kind=errand.kind).exclude(done=None).order_by("-done")
    earlier = same.values_list("done", flat=True)[most - 1 : most]
    return next(iter(earlier), errand.created - HOUR) + HOUR


def postpone(errand_id: int) -> None:
    """It failed; what is too old is given up by the sweep."""
    Errand.objects.filter(pk=errand_id).update(due=timezone.now() + AFTER_FAILURE)


def due_errands() -> list[int]:
    """Throws away what is done or old, and names what waits."""
    now = timezone.now()
    Errand.objects.filter(done__lt=now - HOUR).delete()
    Errand.objects.filter(created__lt=now - KEPT).delete()
    return list(Errand.objects.filter(done=None, due__lte=now).order_by("pk").values_list("pk", flat=True))
