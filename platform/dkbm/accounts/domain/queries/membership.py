"""Reads for those who manage a network's people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from dkbm.accounts import signup_choices
from dkbm.accounts.domain.queries.people import PersonCard, face_of, profiles_for, shown_portrait_of
from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.models import AdmissionRequest, FoundingOrder, Person, Profile, with_mailbox
from dkbm.core.addresses import normal_address, normal_domain
from dkbm.core.faces import Face
from dkbm.search.text import clean, spelt_out, with_umlauts
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership

_BETWEEN_WORDS = re.compile(r"[\s,;/]+")
_BESIDE_WORDS = ".:*?!()<>\"'„“”‚‘’»«"


@dataclass(frozen=True)
class RequestRow:
    """A request that waits for a decision."""

    membership_id: int
    person: PersonCard
    email: str
    choice: str
    since: datetime


@dataclass(frozen=True)
class MemberRow:
    """A member, with labels of the roles."""

    membership_id: int
    person: PersonCard
    email: str
    roles: list[str]
    since: datetime | None


def open_requests() -> list[RequestRow]:
    """Requests of the bound network with a verified address, oldest first; three queries whatever their number."""
    requests = list(AdmissionRequest.objects.filter(state=AdmissionState.OPEN).select_related("membership__person"))
    cards = profiles_for(request.membership.person_id for request in requests)
    labels = {value: label for value, label, _description in signup_choices.choices()} if requests else {}
    return [
        RequestRow(
            request.membership_id,
            cards[request.membership.person_id],
            request.membership.person.email,
            labels.get(request.choice, ""),
            request.created,
        )
        for request in requests
    ]


def count_open_requests() -> int:
    return AdmissionRequest.objects.filter(state=AdmissionState.OPEN).count()


def waiting_orders() -> list[FoundingOrder]:
    """Networks that are to be founded, on the front door."""
    return list(FoundingOrder.objects.filter(done__isnull=True))


def applicants() -> QuerySet[Membership]:
    """Memberships that are to be decided or have been, without those that wait for their address to be verified."""
    unconfirmed = AdmissionRequest.objects.filter(membership=OuterRef("pk"), state=AdmissionState.UNCONFIRMED)
    people = Membership.objects.filter(person__stands_for_function=False).select_related("person")
    return people.filter(~Exists(unconfirmed))


def active_members() -> QuerySet[Membership]:
    """Who belongs to the bound network now, without accounts that stand for a function."""
    return Membership.objects.filter(state=MembershipState.ACTIVE, person__stands_for_function=False)


def managers_to_tell() -> list[Person]:
    """Those managers of the bound network who read mails."""
    managers = Membership.objects.filter(
        with_mailbox("person"), state=MembershipState.ACTIVE, roles__contains=[Role.MANAGER]
    )
    return [manager.person for manager in managers.select_related("person").order_by("pk")]


def member_with(person_id: UUID) -> Membership | None:
    """The active membership of this person, ``None`` for strangers and closed accounts."""
    return active_members().filter(person_id=person_id, person__is_active=True).select_related("person").first()


def members(search: str = "") -> QuerySet[Membership]:
    """Active members by last name, without accounts that stand for a function; every word must be found."""
    own = Profile.objects.filter(person_id=OuterRef("person_id"))
    found = (
        active_members()
        .select_related("person")
        .annotate(municipality_name=Subquery(own.values("municipality__name")[:1]))
        .annotate(function_label=Subquery(own.values("function__label")[:1]))
        .order_by("person__last_name", "person__first_name", "pk")
    )
    for word in _words(search):
        forms = {word} if "@" in word else {word, spelt_out(word), with_umlauts(word)}
        found = found.filter(reduce(or_, map(_says, sorted(forms))))
    return found


def _words(search: str) -> list[str]:
    """Of ``Müller, Anna``, ``Kita/Schule`` and ``<anna@…>`` what names and addresses consist of."""
    words = (word.strip(_BESIDE_WORDS) for word in _BETWEEN_WORDS.split(clean(search)))
    return [word for word in words if word]


def _says(word: str) -> Q:
    return (
        Q(person__first_name__icontains=word)
        | Q(person__last_name__icontains=word)
        | Q(person__email__icontains=normal_address(word) if "@" in word else normal_domain(word))
        | Q(municipality_name__icontains=word)
        | Q(function_label__icontains=word)
    )


def member_rows(memberships: Iterable[Membership]) -> list[MemberRow]:
    """Rows of a page of :func:`members`; one query for the cards."""
    page = list(memberships)
    cards = profiles_for(membership.person_id for membership in page)
    return [
        MemberRow(
            membership.pk,
            cards[membership.person_id],
            membership.person.email,
            [str(Role(role).label) for role in membership.roles],
            membership.since,
        )
        for membership in page
    ]


def latest_request(membership: Membership) -> AdmissionRequest | None:
    return AdmissionRequest.objects.filter(membership=membership).order_by("-created", "-pk").first()


def recent_members(limit: int, *, besides: UUID) -> list[tuple[PersonCard, datetime]]:
    """Who joined last and when, without the person ``besides`` and accounts that stand for a function; two queries."""
    newest = (
        active_members()
        .filter(since__isnull=False)
        .exclude(person_id=besides)
        .order_by("-since", "-pk")
        .values_list("person_id", "since")[:limit]
    )
    joined = {person_id: since for person_id, since in newest if since}
    cards = profiles_for(joined)
    return [(cards[person_id], since) for person_id, since in joined.items()]


def profile_of(person: Person) -> Profile | None:
    """The person's profile in the bound network, with the key of the ``portrait`` that they show to members."""
    profiles = Profile.objects.select_related("function", "municipality").filter(person_id=person.pk)
    return profiles.annotate(portrait=shown_portrait_of(OuterRef("person_id"))).first()


def face_with(profile: Profile | None, person: Person) -> Face:
    """``profile``: of this person, from :func:`profile_of`."""
    return face_of(person.initials, profile.portrait if profile else "")  # type: ignore[attr-defined]
