"""Delivery outside of requests."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from celery import shared_task
from django.utils import timezone

from dkbm.notifications.domain import digest, telling_many
from dkbm.notifications.domain.delivery import deliver, deliver_all, settle_unheard
from dkbm.notifications.domain.outbox import SEND_ALL_TASK, SEND_BATCH_TASK, SEND_TASK
from dkbm.notifications.domain.queries.mails import due_mails, patient_kinds
from dkbm.notifications.domain.retention import blank_old_mails, delete_old_notifications
from dkbm.notifications.domain.telling_many import TELL_TASK
from dkbm.notifications.enums import DIGESTS
from dkbm.notifications.models import Crowd
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import everywhere, sweep

logger = logging.getLogger(__name__)

MOST_A_SWEEP = 5000
SWEEP_SECONDS = 60
FEW = 10
BATCH = 100
"""So many mails share a link: servers put up with that, and one that dies with its worker holds up no more."""


@shared_task(name=SEND_TASK)
def send_mail(*, mail_id: int) -> None:
    """Send one mail of the sender's network; a mail that is gone, sent or somebody else's is left alone."""
    deliver(mail_id=mail_id)


@shared_task(name=TELL_TASK)
def tell_crowd(*, crowd_id: int) -> None:
    """Tell the many whom one event concerns."""
    telling_many.tell_crowd(crowd_id=crowd_id)


@shared_task(name="notifications.sweep_crowds")
def sweep_crowds() -> None:
    """Tell crowds whose message was lost, or whose worker died."""
    sweep(everywhere(), _tell_waiting)


def _tell_waiting(network: BoundNetwork) -> None:
    for crowd_id in Crowd.objects.order_by("pk").values_list("pk", flat=True):
        tell_crowd.apply_async(kwargs={"crowd_id": crowd_id}, expires=SWEEP_SECONDS)


@shared_task(name=SEND_ALL_TASK)
def send_mails(*, mail_ids: list[int]) -> None:
    """Send a few at once; many go in batches, behind which nobody's single mail waits."""
    if len(mail_ids) > FEW:
        _send_in_batches(mail_ids)
    else:
        send_batch(mail_ids=mail_ids)


@shared_task(name=SEND_BATCH_TASK)
def send_batch(*, mail_ids: list[int]) -> None:
    """Send all over one link to the mail server; what there was no time for makes a batch of its own."""
    if left := deliver_all(mail_ids=mail_ids):
        send_batch.apply_async(kwargs={"mail_ids": left})


def _send_in_batches(mail_ids: Sequence[int], **options: Any) -> None:
    for start in range(0, len(mail_ids), BATCH):
        send_batch.apply_async(kwargs={"mail_ids": list(mail_ids[start : start + BATCH])}, **options)


@shared_task(name="notifications.sweep_mails")
def sweep_mails() -> None:
    """Send what is due, at the front door too: lost messages, later attempts, mails of a worker that died."""
    sweep(everywhere(), _send_due)


def _send_due(network: BoundNetwork) -> None:
    """What somebody sits and waits for goes before what many are told."""
    if unheard := settle_unheard():
        logger.warning("mails without an answer", extra={"network": network.slug, "count": unheard})
    ids = due_mails().values_list("pk", flat=True)
    urgent = list(ids.exclude(kind__in=patient_kinds())[:MOST_A_SWEEP])
    for start in range(0, len(urgent), FEW):
        send_mails.apply_async(kwargs={"mail_ids": urgent[start : start + FEW]}, expires=SWEEP_SECONDS)
    _send_in_batches(list(ids.filter(kind__in=patient_kinds())[:MOST_A_SWEEP]), expires=SWEEP_SECONDS)


@shared_task(name="notifications.write_digests")
def write_digests() -> None:
    """Write the digests that are due, at the first sweep after seven; the next writes what a dead worker left."""
    sweep(everywhere(), _write_due_digests)


def _write_due_digests(network: BoundNetwork) -> None:
    for level in DIGESTS:
        count = digest.write_digests(level=level, due=digest.last_due(level, timezone.now()))
        if count:
            logger.info("digests written", extra={"network": network.slug, "level": level.value, "count": count})


@shared_task(name="notifications.blank_mails")
def blank_mails() -> None:
    """Once a night: forget what old mails said, in every network and at the front door."""
    sweep(everywhere(), _blank_old)


def _blank_old(network: BoundNetwork) -> None:
    logger.info("old mails blanked", extra={"network": network.slug, "count": blank_old_mails()})


@shared_task(name="notifications.delete_notifications")
def delete_notifications() -> None:
    """Once a night: delete what members were told long ago, in every network."""
    sweep(everywhere(), _delete_old)


def _delete_old(network: BoundNetwork) -> None:
    count = delete_old_notifications()
    logger.info("old notifications deleted", extra={"network": network.slug, "count": count})
