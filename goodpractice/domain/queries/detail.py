"""All that an example's page shows to one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote, urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import KnownMember, face_of, members_with_addresses
from dkbm.core.addresses import normal_address
from dkbm.core.faces import NOBODY, Face
from dkbm.core.maps.place import PlaceMap
from dkbm.core.text import initials
from dkbm.municipalities.models import Municipality, place_map
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import main_url
from dkbm.tenancy.visitor import Visitor
from goodpractice import rules
from goodpractice.domain.queries.items import related_items, with_labels
from goodpractice.models import ContactPerson, Transfergegenstand, TransfergegenstandPage


@dataclass(frozen=True)
class ContactCard:
    """What the component `contact_card` draws; ``withheld`` says that there is more for members.

    ``person_url``, ``write_url``: pages of the member whose address it is, for members; ``write_url`` for all others.
    """

    function: str
    face: Face = NOBODY
    unit: str = ""
    place: Municipality | None = None
    name: str = ""
    person_url: str = ""
    write_url: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""
    confirmed: date | None = None
    withheld: bool = False

    @property
    def organisation(self) -> str:
        return ", ".join(part for part in (self.unit, self.place.name if self.place else "") if part)

    @property
    def is_mute(self) -> bool:
        """Nothing to call or write to is known, not even to members."""
        return not (self.phone or self.email or self.withheld)


@dataclass(frozen=True)
class Fact:
    """``values``: texts, and things with a page of their own."""

    label: str
    values: Sequence[str | Municipality]


@dataclass(frozen=True)
class Detail:
    """``text`` is ``None`` while editors have taken the text back."""

    item: Transfergegenstand
    text: TransfergegenstandPage | None
    contacts: list[ContactCard]
    facts: list[Fact]
    place: PlaceMap | None = None
    related: list[Transfergegenstand] = field(default_factory=list)
    forward_url: str = ""

    @property
    def first_contact(self) -> ContactCard | None:
        return self.contacts[0] if self.contacts else None

    @property
    def further_contacts(self) -> list[ContactCard]:
        return self.contacts[1:]


def item_by_slug(slug: str, visitor: Visitor) -> Transfergegenstand | None:
    """The item if this reader may see it, with all labels."""
    item = with_labels(Transfergegenstand.objects.filter(slug=slug)).first()
    return item if item is not None and rules.may_see_item(visitor, item) else None


def detail(*, item: Transfergegenstand, visitor: Visitor) -> Detail:
    """``item`` from :func:`item_by_slug`."""
    text = item.page if item.page is not None and item.page.live else None
    contacts = list(item.contacts.all())
    shown = (each.mail for each in contacts if visitor.is_member or rules.may_see_contact(visitor, each))
    people = members_with_addresses(shown)
    return Detail(
        item=item,
        text=text,
        contacts=[card_of(item, contact, visitor, people.get(normal_address(contact.mail))) for contact in contacts],
        facts=facts_of(item),
        place=place_map(item.municipality, *item.further_municipalities.all()),
        related=related_items(item, visitor),
        forward_url=forward_link(item),
    )


def address_of(item: Transfergegenstand) -> str:
    """By which others know it, on the network's main host."""
    return f"{main_url(require_network())}{item.get_absolute_url()}"


def forward_link(item: Transfergegenstand) -> str:
    """Opens a mail with title and address in the reader's own program: nothing is sent by us, nobody is told."""
    note = "" if item.is_for_all else "\n\n" + _("Zu sehen für Mitglieder des Netzwerks.")
    mail = {"subject": item.title, "body": f"{item.title}\n{address_of(item)}{note}"}
    return f"mailto:?{urlencode(mail, quote_via=quote)}"


def card_of(
    item: Transfergegenstand, contact: ContactPerson, visitor: Visitor, known: KnownMember | None
) -> ContactCard:
    """``known``: the member whose address it is."""
    open_data = bool(rules.may_see_contact(visitor, contact))
    member = visitor.is_member
    person_id = known.id if known and member else None
    return ContactCard(
        face=_face(item, contact, visitor, known),
        function=contact.function,
        unit=contact.unit,
        place=contact.municipality or item.municipality,
        name=contact.name if member else "",
        person_url=reverse("accounts:person", args=[person_id]) if person_id else "",
        write_url=reverse("accounts:write", args=[person_id]) if person_id not in {None, visitor.person_id} else "",
        phone=contact.phone if open_data else "",
        email=contact.mail if open_data else "",
        website=contact.web,
        confirmed=contact.confirmed_on,
        withheld=not open_data and bool(contact.phone or contact.mail),
    )


def _face(item: Transfergegenstand, contact: ContactPerson, visitor: Visitor, known: KnownMember | None) -> Face:
    """A portrait for whom the person shows it; else letters of a name that may be read, else the place."""
    portrait = (known.portrait if visitor.is_member else known.for_all) if known else None
    letters = initials(*contact.name.rsplit(" ", 1)) if visitor.is_member else ""
    place = contact.municipality or item.municipality
    if portrait or letters or place is None:
        return face_of(letters, portrait)
    return place.face


def facts_of(item: Transfergegenstand) -> list[Fact]:
    """What is known of it in a word or two; ``item`` with all labels."""
    year = str(item.year or "")
    source = item.source if year in item.source else f"{item.source}, {year}".strip(", ")
    facts = [
        Fact(_("Kommune"), [place for place in (item.municipality, *item.further_municipalities.all()) if place]),
        Fact(_("Art"), [item.get_kind_display()]),
        Fact(_("Eckpunkte"), [str(link.eckpunkt) for link in item.eckpunkt_links.all()]),
        Fact(_("Phasen"), [phase.title for phase in item.phases.all()]),
        Fact(_("Programme"), [programme.title for programme in item.programmes.all()]),
        Fact(_("Quelle"), [source] if source else []),
    ]
    return [fact for fact in facts if fact.values]
