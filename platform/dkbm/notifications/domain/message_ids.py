"""``Message-ID`` of the mails that leave here: by it one that comes back is found, and nobody can make one up.

Whoever knows one has got the mail, or carried it; so a forged note of failure reaches no other mail than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from dkbm.notifications.domain.signatures import from_letters, is_signed, signature, to_letters
from dkbm.notifications.models import Mail

PURPOSE = "message"


@dataclass(frozen=True)
class MailIdentity:
    """Network and number, and the second of writing: numbers come again when a database is loaded anew."""

    network_id: int
    mail_id: int
    written: int

    @property
    def content(self) -> str:
        return f"{self.network_id}.{self.mail_id}.{self.written}"


def identity_of(mail: Mail) -> MailIdentity:
    return MailIdentity(int(mail.network_id or 0), mail.pk, int(f"{mail.created.timestamp():.0f}"))


def message_id_of(mail: Mail) -> str:
    """The same each time that the message is made."""
    content = identity_of(mail).content
    signed = to_letters(signature(content.encode(), purpose=PURPOSE))
    return f"<{content}.{signed}@{settings.MAIL_DOMAIN}>"


def identities_in(text: str) -> Iterator[MailIdentity]:
    """Mails of ours that a text names by their signed ``Message-ID``, in whatever network."""
    domain = re.escape(settings.MAIL_DOMAIN)
    for found in re.finditer(rf"(?i)<?(\d{{1,9}})\.(\d{{1,18}})\.(\d{{1,12}})\.([a-z2-7]{{16}})@{domain}", text):
        network, number, written, signed = found.groups()
        identity = MailIdentity(int(network), int(number), int(written))
        if is_signed(identity.content.encode(), from_letters(signed), purpose=PURPOSE):
            yield identity


def mail_of(identity: MailIdentity) -> Mail | None:
    """In the bound network."""
    mail: Mail | None = Mail.objects.filter(pk=identity.mail_id, network_id=identity.network_id).first()
    return mail if mail is not None and identity_of(mail) == identity else None
