"""Task door: a Celery task runs in the network of whoever sent it; the id travels in the message's header."""

from __future__ import annotations

from typing import Any

from celery import Task
from celery.signals import before_task_publish

from .context import BoundNetwork, bind, current
from .hosts import network_by_id

HEADER = "dkbm_network"


@before_task_publish.connect(dispatch_uid="dkbm.tenancy.tasks")
def stamp_network(headers: dict[str, Any] | None = None, **kwargs: Any) -> None:
    """Write the sender's network into the message. Sent unbound (beat), the task starts unbound."""
    binding = current()
    if headers is not None and isinstance(binding, BoundNetwork):
        headers[HEADER] = binding.id


class NetworkTask(Task):
    """Base of all tasks: binds what the sender was bound to.

    A task that was sent from nowhere runs unbound; a sweep goes through the networks with
    :func:`dkbm.tenancy.hosts.sweep`.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        network_id = (self.request.headers or {}).get(HEADER)
        if network_id is None:
            network_id = getattr(self.request, HEADER, None)
        if network_id is None:
            return super().__call__(*args, **kwargs)
        network = network_by_id(int(network_id))
        if network is None:  # founded and removed before the worker came to it
            return None
        with bind(network):
            return super().__call__(*args, **kwargs)
