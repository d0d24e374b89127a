"""What is done for groups outside of requests."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import everywhere, sweep
from workgroups.domain.announcements import delete_old_announcements

logger = logging.getLogger(__name__)


@shared_task(name="workgroups.delete_announcements")
def delete_announcements() -> None:
    """Once a night: delete what was written to many long ago, in every network."""
    sweep(everywhere(), _delete_old)


def _delete_old(network: BoundNetwork) -> None:
    logger.info("old announcements deleted", extra={"network": network.slug, "count": delete_old_announcements()})
