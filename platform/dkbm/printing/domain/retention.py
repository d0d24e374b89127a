"""What nobody has fetched for two weeks goes; it is made again when somebody wants it."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from dkbm.printing.enums import PrintState
from dkbm.printing.models import FOLDER, Printed
from dkbm.tenancy.context import require_network

KEEP = timedelta(days=14)
LEFT_BEHIND = timedelta(seconds=60)


def forget_unused() -> int:
    """Rows of the bound network and their files, also files that no row knows (a worker died). Returns how many."""
    old = Printed.objects.filter(used__lt=timezone.now() - KEEP)
    gone = int(old.delete()[0])
    folder = f"{require_network().id}/{FOLDER}"
    if not default_storage.exists(folder):
        return gone
    known = set(Printed.objects.values_list("file", flat=True))
    for name in default_storage.listdir(folder)[1]:
        if f"{folder}/{name}" not in known:
            default_storage.delete(f"{folder}/{name}")
    return gone


def left_behind() -> list[int]:
    """Keys of what waits although its message must have come long ago."""
    before = timezone.now() - LEFT_BEHIND
    waiting = Printed.objects.filter(state=PrintState.WAITING, asked__lt=before)
    return list(waiting.order_by("pk").values_list("pk", flat=True))
