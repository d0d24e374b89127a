"""Registry: about which things one may answer by mail, and what is done with an answer. Filled by the apps above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class Published:
    """Where an answer stands now: ``path`` from the first slash."""

    path: str


class Publish(Protocol):
    def __call__(self, *, key: int, visitor: Visitor, text: str, client_key: UUID) -> Published: ...


@dataclass(frozen=True)
class Answerable:
    """A kind of thing that takes answers by mail.

    ``code``: 1 to 255, stands in addresses for good. ``label``: the model's, in lower case; its keys are numbers.
    ``publish``: writes the answer as the visitor's own, asking for every right, once for each ``client_key``; raises a
    ``Refusal`` whose reason is mailed to the sender. ``path_of``: where a visitor answers on the page instead, empty
    for a thing that is gone or that they may not read.
    """

    code: int
    label: str
    publish: Publish
    path_of: Callable[[int, Visitor], str]


_by_code: dict[int, Answerable] = {}


def register_answerable(answerable: Answerable) -> None:
    """Raises ``ValueError`` for a code or a model that is taken."""
    known = _by_code.setdefault(answerable.code, answerable)
    if known != answerable or sum(each.label == answerable.label for each in _by_code.values()) > 1:
        raise ValueError(f"Answers to {answerable.label} are registered twice.")


def answerable_by_code(code: int) -> Answerable | None:
    return _by_code.get(code)


def answerable_by_label(label: str) -> Answerable | None:
    return next((each for each in _by_code.values() if each.label == label), None)
