"""What is made anew at night."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import all_networks, sweep
from forum.domain.drafts import forget_old_drafts
from forum.domain.polls import close_due_polls
from forum.domain.rendering import render_anew

logger = logging.getLogger(__name__)


@shared_task(name="forum.render_posts")
def render_posts() -> None:
    """Make the HTML of posts anew that an older renderer made, in every network."""
    sweep(all_networks(), _render)


@shared_task(name="forum.close_polls")
def close_polls() -> None:
    """End the polls whose time has come, in every network."""
    sweep(all_networks(), lambda network: close_due_polls())


@shared_task(name="forum.forget_drafts")
def forget_drafts() -> None:
    """Delete drafts that nobody has gone on with for long, in every network."""
    sweep(all_networks(), lambda network: forget_old_drafts())


def _render(network: BoundNetwork) -> None:
    logger.info("posts rendered", extra={"network": network.slug, "count": render_anew()})
