"""The index is written with each change, the text of a file soon after; once a night it is compared with the data."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.search.domain.documents import read_document
from dkbm.search.domain.index import compare_index
from dkbm.search.domain.texts import READ_TASK, forget_unused_texts, waiting_documents
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import all_networks, sweep

logger = logging.getLogger(__name__)

MOST_A_SWEEP = 50
SWEEP_SECONDS = 60


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


@shared_task(name=READ_TASK)
def read_file(*, document_id: int) -> None:
    """The file of one document of the sender's network; what is read, gone or somebody else's is left alone."""
    read_document(document_id)


@shared_task(name="search.sweep_documents")
def sweep_documents() -> None:
    """Read files whose task was lost, or whose worker died; forget what no document has any more."""
    sweep(all_networks(), _read_waiting)


def _read_waiting(network: BoundNetwork) -> None:
    forget_unused_texts()
    for document_id in waiting_documents(MOST_A_SWEEP):
        read_file.apply_async(kwargs={"document_id": document_id}, expires=SWEEP_SECONDS)
