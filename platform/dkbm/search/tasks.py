"""The index is written with each change; once a night it is compared with the data."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.search.domain.index import compare_index
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import all_networks, sweep

logger = logging.getLogger(__name__)


@shared_task(name="search.compare_index")
def compare_indexes() -> None:
    """Mend every network's index. What had to be mended is a fault somewhere, so it is logged as a warning."""
    sweep(all_networks(), _compare)


def _compare(network: BoundNetwork) -> None:
    differences = compare_index()
    if not differences:
        logger.info("search index agrees", extra={"network": network.slug})
    for type, found in differences.items():
        counts = {"missing": len(found.missing), "outdated": len(found.outdated), "gone": len(found.gone)}
        logger.warning("search index mended", extra={"network": network.slug, "type": type, **counts})
