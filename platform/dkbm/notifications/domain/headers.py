"""How mail programs file a mail: by group, by topic, under whose name, and how one gets out."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from dkbm.core.text import one_line
from dkbm.notifications.kinds import Kind, MailKind
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, require_network
from dkbm.tenancy.groups import name_of_group
from dkbm.tenancy.hosts import base_url

LONGEST_LABEL = 40
LONGEST_SUBJECT = 250
ANSWER = "Re: "
"""Before the group, not behind it: mail programs cut it off when they gather a thread by its subject."""


@dataclass(frozen=True)
class Place:
    """Where the told thing happened, as mails name it. ``label``: short, of the group, or of the network."""

    network: BoundNetwork
    label: str
    scope: Within

    @property
    def list_id(self) -> str:
        """As RFC 2919 wants it: the same for good, whatever the group is called."""
        part = "netz" if self.scope.group is None else f"gruppe-{self.scope.group}"
        return f"<{part}.{self.network.slug}.{settings.MAIL_DOMAIN}>"

    @property
    def thread(self) -> str:
        """The message that all mails about one topic answer; nobody ever sent it."""
        return f"<topic-{self.network.id}-{self.scope.topic}@{settings.MAIL_DOMAIN}>"


def place_of(scope: Within) -> Place:
    """One query where there is a group."""
    network = require_network()
    group = name_of_group(scope.group)
    return Place(network, one_line(group.label if group else network.short_name)[:LONGEST_LABEL].strip(), scope)


def subject_of(kind: MailKind, subject: str, place: Place) -> str:
    """``[AG 1] Titel``, ``Re: [AG 1] Titel``; of what is not one of many things of its kind as it is."""
    if not (isinstance(kind, Kind) and kind.by_group):
        return subject[:LONGEST_SUBJECT]
    answer = ANSWER if subject.startswith(ANSWER) else ""
    return f"{answer}[{place.label}] {subject.removeprefix(answer)}"[:LONGEST_SUBJECT]


def sender_of_words(name: str, place: Place) -> str:
    """``Wiebke Tammen über AG 1``; empty without a name."""
    name = one_line(name)
    return _("%(name)s über %(place)s") % {"name": name, "place": place.label} if name else ""


def headers_of(place: Place, *, can_stop: bool, why: str) -> dict[str, str]:
    """``why``: path of the mail's own page, empty where it has none. Of what cannot be stopped only the thread."""
    headers: dict[str, str] = {}
    if place.scope.topic is not None:
        headers |= {"References": place.thread, "In-Reply-To": place.thread}
    if can_stop and why:
        headers |= {
            "List-Id": place.list_id,
            "List-Unsubscribe": f"<{base_url(place.network)}{why}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return headers
