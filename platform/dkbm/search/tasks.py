"""The index is written with each change, the text of a file soon after, and the search server is told of both.

At night all of it is compared.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from celery import shared_task

from dkbm.search.domain import feeding
from dkbm.search.domain.documents import read_document
from dkbm.search.domain.index import Difference, compare_index
from dkbm.search.domain.outbox import FEED_TASK
from dkbm.search.domain.texts import READ_TASK, forget_unused_texts, waiting_documents
from dkbm.search.domain.vocabulary import recount
from dkbm.search.server.connection import ServerAway, is_set
from dkbm.tenancy.context import BoundNetwork, require_network
from dkbm.tenancy.hosts import all_networks, sweep

logger = logging.getLogger(__name__)

MOST_A_SWEEP = 50
SWEEP_SECONDS = 60
NIGHT_SECONDS = 4 * 3600


@shared_task(name="search.compare_index")
def compare_indexes() -> None:
    """Ask for each network by itself, and for its server apart: together they take longer than a task may."""
    sweep(all_networks(), _compare)


def _compare(network: BoundNetwork) -> None:
    for task in (compare_network, count_words, *([compare_server] if is_set() else [])):
        task.apply_async(expires=NIGHT_SECONDS)


@shared_task(name="search.compare_network")
def compare_network() -> None:
    """Mend the sender's network's index. What had to be mended is a fault somewhere, so it is logged as a warning."""
    _log("search index", require_network(), compare_index())


@shared_task(name="search.count_words")
def count_words() -> None:
    recount()


@shared_task(name="search.compare_server")
def compare_server() -> None:
    """What the server has of the sender's network."""
    _log("search server", require_network(), feeding.mend_network())


def _log(what: str, network: BoundNetwork, differences: Mapping[str, Difference]) -> None:
    if not differences:
        logger.info(f"{what} agrees", extra={"network": network.slug})
    for type, found in differences.items():
        counts = {"missing": len(found.missing), "outdated": len(found.outdated), "gone": len(found.gone)}
        logger.warning(f"{what} mended", extra={"network": network.slug, "type": type, **counts})


@shared_task(name=FEED_TASK)
def feed_network() -> None:
    """Bring the sender's network's changes over to the search server; where that fails, the sweep does it."""
    if is_set():
        _try("network", feeding.feed_network)


@shared_task(name="search.sweep_changes")
def sweep_changes() -> None:
    """Bring over what is left, in every network; a server without our indices gets all there is."""
    if not is_set():
        return
    if _try("sweep", feeding.build_if_missing):
        sweep(all_networks(), lambda network: _try("sweep", feeding.feed_network))


def _try(what: str, work: Callable[[], object]) -> bool:
    """Whether the server answered. One that is away is no fault of ours: readers are told, and the rows stay."""
    try:
        work()
    except ServerAway as reason:
        logger.warning("search server away", extra={"while": what, "reason": str(reason)})
        return False
    return True


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
