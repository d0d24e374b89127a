"""The mails of a network as managers look through them: newest first, a page at a time, nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from dkbm.core.addresses import normal_address
from dkbm.notifications.models import Mail
from dkbm.tenancy.models import Membership

MOST_NAMESAKES = 50


@dataclass(frozen=True)
class MailFilter:
    """``person``: part of a name, or an address. Empty values narrow nothing; ``before``: id of a mail."""

    person: str = ""
    group: int = 0
    kind: str = ""
    state: str = ""
    before: int = 0


def people_named(text: str, *, most: int = MOST_NAMESAKES) -> list[Membership]:
    """Members, and those who were, whose name holds each word, or whose address it is."""
    rows = Membership.objects.select_related("person").order_by("person__last_name", "person__first_name", "pk")
    if "@" in text:
        return list(rows.filter(person__email=normal_address(text))[:most])
    for word in text.split():
        rows = rows.filter(Q(person__first_name__icontains=word) | Q(person__last_name__icontains=word))
    return list(rows[:most]) if text.strip() else []


def found_mails(wanted: MailFilter) -> QuerySet[Mail]:
    mails: QuerySet[Mail] = Mail.objects.defer("body", "headers", "typed").order_by("-pk")
    if wanted.person:
        mails = mails.filter(_to(wanted.person))
    if wanted.group:
        mails = mails.filter(group=wanted.group)
    if wanted.kind:
        mails = mails.filter(kind=wanted.kind)
    if wanted.state:
        mails = mails.filter(state=wanted.state)
    return mails.filter(pk__lt=wanted.before) if wanted.before else mails


def _to(person: str) -> Q:
    """An address may be nobody's; mails to people are found by their name also when the address was another."""
    people: Sequence[UUID] = [row.person_id for row in people_named(person)]
    to_them = Q(recipient__in=people)
    return to_them | Q(address=normal_address(person)) if "@" in person else to_them
