"""From a row to a message: sender, links and identity of the network it belongs to."""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from dkbm.core.text import one_line
from dkbm.notifications.domain.mail_html import html_of
from dkbm.notifications.domain.message_ids import message_id_of
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork

BOUNCES = "unzustellbar"


class _Message(EmailMultiAlternatives):
    """Its subject begins in the line of its name: Django folds a long one with umlauts below it, and a blank stays."""

    def message(self, **options: Any) -> Any:
        made = super().message(**options)
        subject = str(self.subject)
        if not subject.isascii():
            made.replace_header("Subject", Header(subject, "utf-8", header_name="Subject"))
        return made


def build_message(mail: Mail, network: BoundNetwork) -> EmailMultiAlternatives:
    """The message of ``mail``; made again it has the same ``Message-ID``, so that mailboxes can drop a double.

    ``mail.has_files``: whether it has attachments, where that is known already.
    """
    answers_to = mail.reply_to or network.sender
    message = _Message(
        subject=mail.subject,
        body=mail.body,
        from_email=bounce_address(),
        to=[mail.address],
        reply_to=[answers_to] if answers_to else None,
        headers={
            "From": sender_of(network, mail.sender_name),
            "Message-ID": message_id(mail),
            "Auto-Submitted": "auto-generated",
            **mail.headers,
        },
    )
    message.attach_alternative(html_of(mail, network), "text/html")
    for each in mail.attachments.all() if getattr(mail, "has_files", True) else ():
        message.attach(each.name, bytes(each.content), each.content_type)
    return message


def sender_of(network: BoundNetwork, name: str = "") -> str:
    """``Transferagentur Bayern <netz-bayern@…>``, or with the name of who wrote what the mail carries."""
    return str(Address(one_line(name or network.name), addr_spec=_own_address(network)))


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
