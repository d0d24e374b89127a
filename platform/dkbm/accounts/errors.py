"""Errors of the domain, each with a German sentence for the person."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from dkbm.core.decisions import Decision, Refusal


class NotAllowed(PermissionDenied):
    """The right is missing; ``str()`` is the reason."""


class FunctionRefusal(Refusal):
    """A change of the network's functions that is not possible."""


class MessageRefusal(Refusal):
    """A message to a member that cannot be sent."""


class ListingRefusal(Refusal):
    """The front door would name a network whose legal pages have gaps, and nobody has said that this is wanted."""


def ensure(decision: Decision) -> None:
    """Raises :class:`NotAllowed` with the decision's reason."""
    if not decision:
        raise NotAllowed(decision.reason)
