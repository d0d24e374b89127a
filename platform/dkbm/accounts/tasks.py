"""Errands of strangers, outside of their requests."""

from __future__ import annotations

import logging

from celery import shared_task

from dkbm.accounts.domain import confirmation, errands, forgotten, signup
from dkbm.accounts.enums import ErrandKind
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import everywhere, sweep

logger = logging.getLogger(__name__)
HANDLERS: errands.Handlers = {
    ErrandKind.SIGN_UP: signup.finish_sign_up,
    ErrandKind.CONFIRM: confirmation.send_again,
    ErrandKind.RESET: forgotten.send_reset_link,
    ErrandKind.ATTEMPTS: forgotten.warn_of_attempts,
}
SWEEP_SECONDS = 60


@shared_task(name=errands.TASK)
def run_errand(*, errand_id: int) -> None:
    try:
        errands.run(errand_id, HANDLERS)
    except Exception:
        logger.exception("errand failed")
        errands.postpone(errand_id)


@shared_task(name="accounts.sweep_errands")
def sweep_errands() -> None:
    """Errands whose message was lost, whose worker died, and whose time has come; at the front door too."""
    sweep(everywhere(), _run_due)


def _run_due(network: BoundNetwork) -> None:
    for errand_id in errands.due_errands():
        run_errand.apply_async(kwargs={"errand_id": errand_id}, expires=SWEEP_SECONDS)
