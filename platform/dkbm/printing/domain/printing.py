"""Ask for a PDF, make it, keep it as long as it is used.

What is asked for stands in a row, so that nothing is lost when the broker is away: a sweep sends it again. Who may read
it, the app has decided that asks; it asks anew for each reader.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from dkbm.core.commits import on_commit_robust, publish_on_commit
from dkbm.printing.documents import Document
from dkbm.printing.domain.pictures import pictures_for
from dkbm.printing.enums import PrintState
from dkbm.printing.errors import TypesettingFailed
from dkbm.printing.models import Printed
from dkbm.printing.typesetting import typeset

logger = logging.getLogger(__name__)

MAKE_TASK = "printing.make"
MOST_TRIES = 3
"""A worker that was killed by a document is not killed by it for ever."""
FAILED_FOR = timedelta(hours=1)
"""Then it is tried again when somebody asks: what was wrong may be mended."""
COUNTED = timedelta(days=1)
"""So seldom is written down that it was used."""


def ask_for(document: Document) -> Printed:
    """The PDF of this content, ready where it was made before; else the worker makes it.

    Two queries where it is ready (and one write a day).
    """
    digest, now = document.digest, timezone.now()
    row: Printed | None = Printed.objects.filter(about=document.about).first()
    if row is None or not _stands_for(row, digest):
        return _order(document, digest)
    if row.used < now - COUNTED:
        Printed.objects.filter(pk=row.pk).update(used=now)
    return row


def _stands_for(row: Printed, digest: str) -> bool:
    """Whether nothing has to be done: it is made, or will be, or was tried just now in vain."""
    if row.digest != digest:
        return False
    if row.state == PrintState.FAILED:
        return row.asked > timezone.now() - FAILED_FOR
    return row.is_waiting or row.is_ready


@transaction.atomic
def _order(document: Document, digest: str) -> Printed:
    """Two who ask at once get the same row."""
    new = {"digest": digest, "template": document.template}
    row, is_new = Printed.objects.select_for_update(of=("self",)).get_or_create(about=document.about, defaults=new)
    if not is_new and _stands_for(row, digest):
        return row
    _forget_file(row)
    row.digest, row.template, row.content = digest, document.template, document.content
    row.state, row.tries, row.size, row.file = PrintState.WAITING, 0, 0, ""
    row.asked = row.used = timezone.now()
    row.save()
    publish_on_commit(MAKE_TASK, printed_id=row.pk)
    return row


def make(*, printed_id: int) -> None:
    """Set what waits; one that is gone, made or somebody else's is left alone."""
    row = _take(printed_id)
    if row is None:
        return
    content: dict[str, Any] = row.content
    try:
        pictures = pictures_for(content["pictures"])
        pdf = typeset(template=row.template, data=content["data"], pictures=pictures)
    except (TypesettingFailed, KeyError) as error:
        logger.error("cannot be printed", extra={"about": row.about, "template": row.template, "error": str(error)})
        _close(row, PrintState.FAILED)
        return
    row.file.save("", ContentFile(pdf), save=False)
    if not _close(row, PrintState.READY, size=len(pdf), file=row.file.name):
        _forget_file(row)


@transaction.atomic
def _take(printed_id: int) -> Printed | None:
    """The try is counted before it begins, so that it counts also when it ends the process."""
    waiting = Printed.objects.select_for_update(of=("self",)).filter(pk=printed_id, state=PrintState.WAITING)
    row: Printed | None = waiting.first()
    if row is None:
        return None
    if row.tries >= MOST_TRIES:
        logger.error("printing was given up", extra={"about": row.about, "template": row.template})
        _close(row, PrintState.FAILED)
        return None
    row.tries += 1
    row.save(update_fields=["tries"])
    return row


def _close(row: Printed, state: PrintState, **values: Any) -> bool:
    """Unless another content was asked for meanwhile. What it says is in the file now, so the row need not hold it."""
    same = Printed.objects.filter(pk=row.pk, digest=row.digest, state=PrintState.WAITING)
    return bool(same.update(state=state, content={}, **values))


def _forget_file(row: Printed) -> None:
    if name := row.file.name:
        on_commit_robust(partial(row.file.storage.delete, name))
