"""Delivery outside of requests."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from dkbm.notifications.domain import digest, telling_many
from dkbm.notifications.domain.delivery import deliver
from dkbm.notifications.domain.outbox import SEND_ALL_TASK, SEND_TASK
from dkbm.notifications.domain.queries.mails import due_mails
from dkbm.notifications.domain.retention import blank_old_mails, delete_old_notifications
from dkbm.notifications.domain.telling_many import TELL_TASK
from dkbm.notifications.enums import DIGESTS
from dkbm.notifications.models import Crowd
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import everywhere, sweep

logger = logging.getLogger(__name__)

MOST_A_SWEEP = 500
SWEEP_SECONDS = 60


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
    """Have each sent by itself: one that takes long holds up no other."""
    for mail_id in mail_ids:
        send_mail.delay(mail_id=mail_id)


@shared_task(name="notifications.sweep_mails")
def sweep_mails() -> None:
    """Send what is due, at the front door too: lost messages, later attempts, mails of a worker that died."""
    sweep(everywhere(), _send_due)


def _send_due(network: BoundNetwork) -> None:
    for mail_id in due_mails().values_list("pk", flat=True)[:MOST_A_SWEEP]:
        send_mail.apply_async(kwargs={"mail_id": mail_id}, expires=SWEEP_SECONDS)


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
