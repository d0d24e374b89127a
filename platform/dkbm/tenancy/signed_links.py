"""Links in mails: what they carry cannot be changed, and they are good in the network that wrote them only.

Signed, not secret: whoever has the link can read what it carries, and its owner may pass it on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from .context import require_network


class LinkUnusable(Exception):
    """A mailed link that does not work. ``why``: ``expired`` or ``invalid``, and what the link's owner adds."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class SignedLink:
    """One kind of link. What it carries is anything that JSON can hold.

    ``purpose``: unlike that of any other kind, so that no link does what another was written for; ``max_age``:
    ``None`` for one that works as long as what it leads to. ``earlier`` reads the form in which such links were
    mailed before and raises ``BadSignature`` for everything else.
    """

    purpose: str
    max_age: timedelta | None = None
    earlier: Callable[[str], Any] | None = None

    def sign(self, payload: Any) -> str:
        """The token for the link's address: letters, digits, ``-``, ``_`` and ``:``."""
        return self._signer().sign_object(payload)

    def read(self, token: str) -> Any:
        """What the token carries. Raises :class:`LinkUnusable`."""
        try:
            return self._read(token)
        except SignatureExpired:
            raise LinkUnusable("expired") from None
        except BadSignature:
            raise LinkUnusable("invalid") from None

    def _read(self, token: str) -> Any:
        try:
            return self._signer().unsign_object(token, max_age=self.max_age)
        except SignatureExpired:
            raise
        except BadSignature:
            if self.earlier is None:
                raise
            return self.earlier(token)

    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"link.{self.purpose}.{require_network().id}")
