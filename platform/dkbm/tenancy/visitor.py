"""Who asks: one object that rules, queries and domain functions get, never ``None``.

Made at the doors alone: the middleware (``request.visitor``), the socket, commands and imports (:func:`visitor_of`),
and :func:`automatic` for acts without anybody. A rule asks it ``is_member``, ``is_manager`` …; a domain function
takes it as ``visitor=``, the person who acts. Whom something is done to stays ``person=`` or ``membership=``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID

from django.utils import timezone

from .context import PLATFORM_ID, NoNetwork, current_network_id, require_network
from .models import Membership

T = TypeVar("T")

SETTLING_IN = timedelta(days=30)


class ForeignVisitor(NoNetwork):
    """Somebody who was met in one network is asked about in another one."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks for something in one network, with what is remembered of them for this request.

    ``person``: the account, ``None`` for guests. ``membership``: the row in the network, whatever its state, ``None``
    without one. ``network_id``: where the visitor was made; asked in another network, they raise
    :class:`ForeignVisitor`. Only an operator who has entered a network is known there, as
    ``is_visiting_operator`` and nothing else. ``is_automatic``: see :func:`automatic`.
    """

    person: Any = None
    membership: Membership | None = None
    is_automatic: bool = False
    network_id: int | None = field(default_factory=current_network_id)
    _memory: dict[Hashable, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        row = self.membership
        if row is None:
            return
        if row.network_id != self.network_id:
            raise ForeignVisitor(f"A membership of network {row.network_id} makes no visitor of {self.network_id}.")
        if row.person_id != self.person_id:
            raise ValueError("The membership is somebody else's.")

    @property
    def person_id(self) -> UUID | None:
        """``None`` for guests."""
        return cast("UUID | None", getattr(self.person, "pk", None))

    @property
    def is_guest(self) -> bool:
        """Nobody is signed in."""
        return self.person is None and not self.is_automatic

    @property
    def is_signed_in(self) -> bool:
        """Member, or waiting for admission; on the front door an operator."""
        return self.person is not None and not self.is_automatic

    @property
    def is_waiting(self) -> bool:
        """Asked for admission, and nobody has decided yet."""
        row = self._row_here()
        return row is not None and row.is_waiting

    @property
    def is_member(self) -> bool:
        """Active member of the bound network."""
        row = self._row_here()
        return row is not None and row.is_active

    @property
    def member_since(self) -> datetime | None:
        """When they were admitted; where nobody wrote that down, when the row was made."""
        row = self._row_here()
        return (row.since or row.created) if row is not None else None

    @property
    def came_lately(self) -> bool:
        """A member for whom much is new still."""
        since = self.member_since
        return self.is_member and since is not None and since > timezone.now() - SETTLING_IN

    @property
    def is_editor(self) -> bool:
        row = self._row_here()
        return row is not None and row.is_editor

    @property
    def is_manager(self) -> bool:
        row = self._row_here()
        return row is not None and row.is_manager

    @property
    def is_operator(self) -> bool:
        """On the front door alone; inside a network they are a visiting operator."""
        row = self._row_here()
        return row is not None and row.is_operator

    @property
    def is_visiting_operator(self) -> bool:
        """An operator, wherever they are at work; the view has seen to it that they entered with a reason."""
        row = self.membership
        return row is not None and row.network_id == PLATFORM_ID and row.is_operator

    def remembered(self, key: Hashable, make: Callable[[], T]) -> T:
        """``make()``, asked once: what rules and queries of one request need again and again.

        Whoever changes what is remembered calls :meth:`forget`; whoever takes a lock, :meth:`look_again`.
        """
        self._check_network()
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    def forget(self) -> None:
        """The next question reads anew: after a change of what is remembered."""
        self._memory.clear()

    def look_again(self) -> None:
        """After a lock was taken: while they waited, they may have lost an office or a role.

        Of who has no role the row is not read again: what they do now, they might have done before they left.
        """
        self.forget()
        if self.membership is not None and self.membership.roles and self.network_id == current_network_id():
            object.__setattr__(self, "membership", membership_of(self.person))

    def _row_here(self) -> Membership | None:
        if self.membership is not None:
            self._check_network()
        return self.membership

    def _check_network(self) -> None:
        here = require_network().id
        if here != self.network_id:
            raise ForeignVisitor(f"A visitor of network {self.network_id} is asked about in network {here}.")


def guest() -> Visitor:
    """Somebody who is not signed in."""
    return Visitor()


def visitor_of(person: Any) -> Visitor:
    """The person as they stand in the bound network now; a guest for ``None`` and for somebody who is not signed in."""
    if not getattr(person, "is_authenticated", False):
        return guest()
    return Visitor(person=person, membership=membership_of(person))


def visitor_with(membership: Membership) -> Visitor:
    """The person of a row that was read with its person."""
    return Visitor(person=membership.person, membership=membership)


def automatic(in_name_of: Any = None) -> Visitor:
    """Acts that nobody asks for: a rule of the network that admits, an import, a task.

    No request can make one. A rule that has to let it through says so (``is_automatic``); all others refuse it like a
    guest. ``in_name_of``: whose name stands on what is written, such as the author of an imported text.
    """
    return Visitor(person=in_name_of, is_automatic=True)


def membership_of(person: Any) -> Membership | None:
    """The person's row in the bound network, whatever its state; ``None`` for guests."""
    if not getattr(person, "is_authenticated", False):
        return None
    return Membership.objects.filter(person_id=person.pk).first()


def remember_membership(person: Any, membership: Membership) -> None:
    """Spares the request a query: the backend read the row to see whether this person may be here."""
    person._bound_membership = membership


def visitor_of_session(person: Any) -> Visitor:
    """Whom the session signed in, with the row that the backend has read on the way."""
    known: Membership | None = getattr(person, "_bound_membership", None)
    if known is not None and known.network_id == current_network_id():
        return Visitor(person=person, membership=known)
    return visitor_of(person)
