"""Door: a mail comes in, from the mail server or the pipe, and is bound to the network that its address names.

The address is signed (``notifications.domain.reply_addresses``), as is the ``Message-ID`` by which a mail that comes
back is found; nothing else that a stranger writes chooses a network.
"""

from __future__ import annotations

import logging

from dkbm.inbound.domain.bounces import mail_named_in
from dkbm.inbound.domain.receiving import may_answer, take_answer, take_note
from dkbm.inbound.enums import Door
from dkbm.notifications.domain.message import bounce_address
from dkbm.notifications.domain.reply_addresses import ReplyAddress, read_reply_address
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import network_by_id

logger = logging.getLogger(__name__)


def may_come(*, envelope_to: str) -> Door:
    """Before the message itself: whether the address is one of ours, and takes something now."""
    if _is_for_notes(envelope_to):
        return Door.TAKEN
    found = _network_of(envelope_to)
    if found is None:
        return Door.NO_SUCH_ADDRESS
    address, network = found
    with bind(network):
        return may_answer(address)


def receive(*, raw: bytes, envelope_to: str, envelope_from: str | None) -> Door:
    """Store a mail for the worker. ``envelope_from``: empty for notes that nobody answers, ``None`` if not known."""
    if _is_for_notes(envelope_to):
        return _receive_note(raw)
    found = _network_of(envelope_to)
    if found is None:
        return Door.NO_SUCH_ADDRESS
    address, network = found
    with bind(network):
        door = take_answer(address=address, raw=raw, envelope_to=envelope_to, envelope_from=envelope_from)
        logger.info("mail came in", extra={"network": network.slug, "door": door.value, "size": len(raw)})
        return door


def _receive_note(raw: bytes) -> Door:
    """One that names no mail of ours is taken and forgotten: whoever sent it must not be answered."""
    identity = mail_named_in(raw)
    network = network_by_id(identity.network_id) if identity else None
    if identity is None or network is None:
        logger.info("note without a mail of ours", extra={"size": len(raw)})
        return Door.TAKEN
    with bind(network):
        return take_note(identity=identity, raw=raw)


def _is_for_notes(envelope_to: str) -> bool:
    return envelope_to.strip().lower() == bounce_address().lower()


def _network_of(envelope_to: str) -> tuple[ReplyAddress, BoundNetwork] | None:
    address = read_reply_address(envelope_to)
    network = network_by_id(address.network_id) if address else None
    return (address, network) if address and network else None
