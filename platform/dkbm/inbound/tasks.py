"""Reading of mails outside of the door that took them."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.inbound.domain.processing import give_up_or_try_again, process
from dkbm.inbound.domain.queries.incoming import left_behind
from dkbm.inbound.domain.receiving import READ_TASK
from dkbm.inbound.domain.retention import forget_old_mails
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import everywhere, sweep

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60


@shared_task(name=READ_TASK)
def read_mail(*, incoming_id: int) -> None:
    """One mail of the sender's network; one that is read, gone or somebody else's is left alone."""
    try:
        process(incoming_id)
    except Exception:
        logger.exception("incoming mail failed", extra={"incoming": incoming_id})
        give_up_or_try_again(incoming_id)


@shared_task(name="inbound.sweep_mails")
def sweep_mails() -> None:
    """Read what was left behind."""
    sweep(everywhere(), _read_waiting)


def _read_waiting(network: BoundNetwork) -> None:
    for incoming_id in left_behind():
        read_mail.apply_async(kwargs={"incoming_id": incoming_id}, expires=SWEEP_SECONDS)


@shared_task(name="inbound.forget_mails")
def forget_mails() -> None:
    """Once a night."""
    sweep(everywhere(), _forget_old)


def _forget_old(network: BoundNetwork) -> None:
    logger.info("old incoming mails deleted", extra={"network": network.slug, "count": forget_old_mails()})
