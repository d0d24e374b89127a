"""From a row to a message: sender, links and identity of the network it belongs to."""

from __future__ import annotations

from email.headerregistry import Address

from django.conf import settings
from django.core.mail import EmailMessage

from dkbm.core.text import one_line
from dkbm.notifications.domain.message_ids import message_id_of
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork

BOUNCES = "unzustellbar"


def build_message(mail: Mail, network: BoundNetwork) -> EmailMessage:
    """The message of ``mail``; made again it has the same ``Message-ID``, so that mailboxes can drop a double."""
    answers_to = mail.reply_to or network.sender
    message = EmailMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=bounce_address(),
        to=[mail.address],
        reply_to=[answers_to] if answers_to else None,
        headers={
            "From": sender_of(network),
            "Message-ID": message_id(mail),
            "Auto-Submitted": "auto-generated",
        },
    )
    for each in mail.attachments.all():
        message.attach(each.name, bytes(each.content), each.content_type)
    return message


def sender_of(network: BoundNetwork) -> str:
    """``Transferagentur Bayern <netz-bayern@…>``."""
    return str(Address(one_line(network.name), addr_spec=_own_address(network)))


def address_of(network: BoundNetwork) -> str:
    """Where answers to a mail of the network go."""
    return network.sender or _own_address(network)


def _own_address(network: BoundNetwork) -> str:
    user = "netz" if network.is_platform else f"netz-{network.slug}"
    return f"{user}@{settings.MAIL_DOMAIN}"


def message_id(mail: Mail) -> str:
    """By it a mail that comes back is found (``message_ids``)."""
    return message_id_of(mail)


def bounce_address() -> str:
    """The envelope's sender: where mail servers send back what they cannot deliver. People never see it."""
    return f"{BOUNCES}@{settings.MAIL_DOMAIN}"
