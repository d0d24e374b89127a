"""Typesetting, outside of requests."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.printing.domain.printing import MAKE_TASK, make
from dkbm.printing.domain.retention import forget_unused, left_behind
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import all_networks, sweep

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60


@shared_task(name=MAKE_TASK)
def make_pdf(*, printed_id: int) -> None:
    """One PDF of the sender's network."""
    make(printed_id=printed_id)


@shared_task(name="printing.sweep")
def sweep_waiting() -> None:
    """Make what was left behind."""
    sweep(all_networks(), _make_waiting)


def _make_waiting(network: BoundNetwork) -> None:
    for printed_id in left_behind():
        make_pdf.apply_async(kwargs={"printed_id": printed_id}, expires=SWEEP_SECONDS)


@shared_task(name="printing.forget")
def forget() -> None:
    """Once a night."""
    sweep(all_networks(), _forget_unused)


def _forget_unused(network: BoundNetwork) -> None:
    logger.info("unused PDFs deleted", extra={"network": network.slug, "count": forget_unused()})
