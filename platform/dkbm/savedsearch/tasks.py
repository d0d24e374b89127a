"""New hits of saved searches, looked for in the morning before the digests are written."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task

from dkbm.savedsearch.domain.looking import people_with_alerts, tell_new_hits
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import all_networks, sweep

EXPIRES = 12 * 3600
"""Seconds. What no worker has fetched by then, the next morning finds anew."""


@shared_task(name="savedsearch.look")
def look() -> None:
    """Ask for each person by themselves: thousands take longer than a task may."""
    sweep(all_networks(), _look_in)


def _look_in(network: BoundNetwork) -> None:
    for person_id in people_with_alerts():
        look_for.apply_async(kwargs={"person_id": str(person_id)}, expires=EXPIRES)


@shared_task(name="savedsearch.look_for")
def look_for(*, person_id: str) -> None:
    """The searches of one person of the sender's network."""
    tell_new_hits(person_id=UUID(person_id))
