"""Reads about people of the bound network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from dkbm.accounts.enums import PortraitAudience
from dkbm.accounts.models import Person, Portrait, Profile, line_of, organisation_of, with_mailbox
from dkbm.core.addresses import normal_address
from dkbm.core.faces import Face
from dkbm.core.maps.place import spot_of
from dkbm.core.paths import network_path
from dkbm.municipalities.models import municipality_path
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.models import Membership


@dataclass(frozen=True)
class PersonCard:
    """What a page shows of a person. ``line``: function and organisation; empty where the name says it already.

    ``has_page``: members find one of this person. ``municipality``: its key, empty for the agency's own people.
    ``district``: the official key of where it lies. ``portrait``: key of the picture that members may see.
    """

    id: UUID
    name: str
    function: str
    organisation: str
    initials: str
    line: str
    municipality: str = ""
    has_page: bool = False
    district: str = ""
    portrait: str = ""
    is_person: bool = True

    @property
    def face(self) -> Face:
        """For members. An author who stands for a function has a place and no face."""
        return self.place if not self.is_person and self.place.spot else face_of(self.initials, self.portrait)

    @property
    def place(self) -> Face:
        """For those who may not know who it is."""
        return Face(spot=spot_of(self.district))

    @property
    def display_name(self) -> str:
        """So that the components `person_line` and `avatar` take a card like a person."""
        return self.name

    @property
    def url(self) -> str:
        """The person's page in the network, for members; empty where there is none."""
        return reverse("accounts:person", args=[self.id]) if self.has_page else ""

    @property
    def organisation_url(self) -> str:
        """All of the municipality; empty where there is none."""
        return municipality_path(self.municipality, self.organisation) if self.municipality else ""

    @property
    def own_function(self) -> str:
        """The function, but for the agency's own people, whose organisation says it (see :attr:`line`)."""
        return "" if self.line == self.organisation else self.function


def face_of(letters: str, portrait: str | None) -> Face:
    """``portrait``: the key of a picture that whoever gets to see this may see."""
    if not portrait:
        return Face(letters)
    small, large = (network_path("accounts:portrait", portrait, size) for size in ("klein", "gross"))
    return Face(letters, small, large)


def shown_portrait_of(person_id: Any) -> Subquery:
    """For an annotation: the key of the picture that the person, a member, shows to members."""
    shown = Portrait.objects.filter(person_id=person_id).exclude(shown_to=PortraitAudience.NOBODY)
    shown = shown.filter(
        Exists(Membership.objects.filter(person_id=OuterRef("person_id"), state=MembershipState.ACTIVE))
    )
    return Subquery(shown.values("key")[:1])


OF_CARDS = ("email", "first_name", "last_name", "is_active", "stands_for_function")
"""Columns of a person that :func:`card_of` reads."""


def with_profile(people: QuerySet[Person]) -> QuerySet[Person]:
    """``people`` with function and municipality (key and label) of their profile in the bound network."""
    own = Profile.objects.filter(person_id=OuterRef("pk"))
    return people.annotate(
        function=Subquery(own.values("function__slug")[:1]),
        function_label=Subquery(own.values("function__label")[:1]),
        municipality_name=Subquery(own.values("municipality__name")[:1]),
        municipality_slug=Subquery(own.values("municipality__slug")[:1]),
        district=Subquery(own.values("municipality__district_key")[:1]),
        portrait=shown_portrait_of(OuterRef("pk")),
        is_member=Exists(Membership.objects.filter(person_id=OuterRef("pk"), state=MembershipState.ACTIVE)),
    )


_NAMED = KeptQuery(lambda: with_profile(Person.objects.filter(pk__any=Given("ids")).only(*OF_CARDS)))


def profiles_for(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Cards of these people, one query; whoever does not belong to the bound network is left out."""
    ids = {*person_ids}
    return {person.pk: card_of(person) for person in _NAMED.all(ids=list(ids))} if ids else {}


@dataclass(frozen=True)
class KnownMember:
    """A member behind an address. ``portrait``: key of the picture that members see, ``for_all``: that guests see."""

    id: UUID
    portrait: str | None
    for_all: str | None


def members_with_addresses(addresses: Iterable[str]) -> dict[str, KnownMember]:
    """Address in its one spelling -> the member whose account has it; one query, none without addresses."""
    asked = {normal_address(address) for address in addresses} - {""}
    if not asked:
        return {}
    members = Membership.objects.filter(person_id=OuterRef("pk"), state=MembershipState.ACTIVE)
    people = Person.objects.filter(Exists(members), with_mailbox(), email__in=asked)
    for_all = Portrait.objects.filter(person_id=OuterRef("pk"), shown_to=PortraitAudience.EVERYBODY)
    keys = people.annotate(portrait=shown_portrait_of(OuterRef("pk")), for_all=Subquery(for_all.values("key")[:1]))
    rows = keys.values_list("email", "pk", "portrait", "for_all")
    return {email: KnownMember(pk, portrait, public) for email, pk, portrait, public in rows}


def card_of(person: Person) -> PersonCard:
    """Card of a person from :func:`with_profile`."""
    function, label = person.function or "", person.function_label or ""  # type: ignore[attr-defined]
    municipality = person.municipality_name or ""  # type: ignore[attr-defined]
    district = person.district or ""  # type: ignore[attr-defined]
    if person.stands_for_function:
        return PersonCard(
            person.pk, person.display_name, "", "", person.initials, "", district=district, is_person=False
        )
    return PersonCard(
        id=person.pk,
        name=person.display_name,
        function=label,
        organisation=organisation_of(function, municipality),
        initials=person.initials,
        line=line_of(function, label, municipality),
        municipality=person.municipality_slug or "",  # type: ignore[attr-defined]
        has_page=person.is_member and person.is_active,  # type: ignore[attr-defined]
        district=district,
        portrait=person.portrait or "" if person.is_active else "",  # type: ignore[attr-defined]
    )
