"""Whom a post names: ``@Anna Verden``, ``@Anna Verden (Stadt Oldenburg)`` where several have the name, ``@Leitung``.

People type names, and names are not unique: they are looked up when the post is written, among those who may read it,
and what was found is kept by id. A name that nobody there has stays what it is, words. Quotes of others name nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.accounts.models import with_mailbox
from dkbm.core.markdown import begins_with_name, own_words, within_word
from dkbm.core.paths import network_path
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership
from forum.domain.queries.unread import readers_of_space
from forum.enums import MAX_MENTIONS, Named
from forum.errors import ForumRefusal
from forum.models import Post, PostMention, Space
from workgroups.enums import GroupMembershipState, Office
from workgroups.models import GroupMembership, Workgroup

SIGN = "@"
LONGEST = 300
"""So much behind the sign is looked at: a name and an organisation."""

SPELLINGS = {
    Named.SPEAKERS: re.compile(r"Sprecher(?:/-?innen|/-?in|[*:_I]?innen|[*:_I]?in)?(?!\w|[/*:_-]+\w)"),
    Named.MANAGERS: re.compile(r"Netzwerkleitung(?!\w|-\w)"),
    Named.LEAD: re.compile(r"Leitung(?!\w|-\w)"),
}
OFFICES = {Named.SPEAKERS: (Office.SPEAKER, Office.DEPUTY), Named.LEAD: (Office.LEAD,)}


@dataclass(frozen=True)
class Mention:
    """A person or an office. ``name``: as it stands in the text, with the sign."""

    name: str
    person_id: UUID | None = None
    office: str = ""


def find_mentions(text: str, space: Space) -> list[Mention]:
    """Whom ``text`` names of those who may read the space. No query where nobody is named, else at most two.

    Raises :class:`ForumRefusal` where a name is that of several, and for too many.
    """
    found: list[Mention] = []
    rest: list[str] = []
    for behind in dict.fromkeys(_behind_signs(text)):
        office = _office_of(behind, space)
        if office is None:
            rest.append(behind)
        else:
            found.append(office)
    found += _people_of(rest[: MAX_MENTIONS * 2], space)
    found = list(dict.fromkeys(found))
    if len(found) > MAX_MENTIONS:
        sentence = _("Ein Beitrag kann höchstens %(most)s Personen nennen.")
        raise ForumRefusal(sentence % {"most": MAX_MENTIONS}, field="text")
    return found


def _behind_signs(text: str) -> Iterator[str]:
    if SIGN not in text:
        return
    for run in own_words(text):
        for sign in re.finditer(SIGN, run):
            if not within_word(run, sign.start()) and run[sign.end() : sign.end() + 1].isalnum():
                yield run[sign.end() : sign.end() + LONGEST]


def _office_of(behind: str, space: Space) -> Mention | None:
    for office, spelling in SPELLINGS.items():
        match = spelling.match(behind)
        if match and office in offices_of(space):
            return Mention(SIGN + match[0], office=office)
    return None


def offices_of(space: Space) -> list[Named]:
    """Those that can be named there: a sub-group has a lead, and the speakers of its AG as far as they are in it."""
    group = space.workgroup
    if group is None or group.is_concept_group:
        return [Named.MANAGERS]
    return [Named.LEAD, Named.MANAGERS] if group.is_subgroup else [Named.SPEAKERS, Named.MANAGERS]


_FULL_NAME = Concat(F("person__first_name"), Value(" "), F("person__last_name"), output_field=CharField())


def nameable(space: Space) -> QuerySet[Any, Any]:
    """Memberships of those who may be named there, with their ``full_name``."""
    readers = readers_of_space(space).filter(with_mailbox("person")).exclude(person__last_name="")
    return readers.annotate(full_name=_FULL_NAME)


def _people_of(behind: list[str], space: Space) -> list[Mention]:
    if not behind:
        return []
    said = {f"said_{number}": Value(each, CharField()) for number, each in enumerate(behind)}
    any_of = Q()
    for name in said:
        any_of |= Q(**{f"{name}__istartswith": F("full_name")})
    rows = list(
        nameable(space).alias(**said).filter(any_of).order_by("person_id").values_list("person_id", "full_name")
    )
    cards = profiles_for(person_id for person_id, _name in rows) if _need_cards(behind, rows) else {}
    return [mention for each in behind for mention in _people_behind(each, rows, cards)]


Rows = list[tuple[UUID, str]]


def _need_cards(behind: list[str], rows: Rows) -> bool:
    """Names alone do not tell them apart, or somebody has said more."""
    counted = Counter(name.casefold() for _id, name in rows)
    return any(count > 1 for count in counted.values()) or any("(" in each for each in behind)


def _people_behind(behind: str, rows: Rows, cards: dict[UUID, PersonCard]) -> list[Mention]:
    """Whoever has the longest of the names that ``behind`` begins with."""
    folded = behind.casefold()
    fitting = [(person_id, name) for person_id, name in rows if begins_with_name(folded, name.casefold())]
    if not fitting:
        return []
    length = max(len(name) for _id, name in fitting)
    ids = [person_id for person_id, name in fitting if len(name) == length]
    name, rest = behind[:length], behind[length:]
    by_mark = {mark: found for mark, found in _marks(ids, cards).items() if rest.startswith(f" ({mark})")}
    if by_mark:
        mark = max(by_mark, key=len)
        return [Mention(f"{SIGN}{name} ({mark})", person_id) for person_id in by_mark[mark]]
    if len(ids) > 1:
        raise ForumRefusal(_several(name, [cards[each] for each in ids if each in cards]), field="text")
    return [Mention(SIGN + name, ids[0])]


def _marks(ids: Iterable[UUID], cards: dict[UUID, PersonCard]) -> dict[str, list[UUID]]:
    """What may stand in brackets behind a name: organisation, or function and organisation."""
    found: dict[str, list[UUID]] = {}
    for person_id in ids:
        card = cards.get(person_id)
        for mark in {card.organisation, card.line} - {""} if card else ():
            found.setdefault(mark, []).append(person_id)
    return found


def names_of(cards: Iterable[PersonCard]) -> list[str]:
    """How each of these people is named so that nobody else of them is meant, as far as there is something to say."""
    cards = list(cards)
    names = Counter(card.name for card in cards)
    places = Counter((card.name, card.organisation) for card in cards)
    return [
        SIGN + card.name
        if names[card.name] == 1
        else f"{SIGN}{card.name} ({card.organisation})"
        if card.organisation and places[card.name, card.organisation] == 1
        else f"{SIGN}{card.name} ({card.line})"
        if card.line
        else SIGN + card.name
        for card in cards
    ]


def _several(name: str, cards: list[PersonCard]) -> str:
    ways = [f"„{each}“" for each in dict.fromkeys(names_of(cards))]
    return _("„%(name)s“ heißen hier mehrere. Bitte schreiben Sie, wen Sie meinen: %(ways)s.") % {
        "name": SIGN + name,
        "ways": get_text_list(ways, str(_("oder"))),
    }


def addresses_of(mentions: Iterable[Mention | PostMention], space: Space) -> dict[str, str]:
    """Where each name in the text leads: to the person, or to the group; nowhere for the network's managers."""
    return {each.name: _address_of(each, space) for each in mentions}


def _address_of(mention: Mention | PostMention, space: Space) -> str:
    if mention.person_id is not None:
        return network_path("accounts:person", mention.person_id)
    is_of_group = mention.office in OFFICES and space.workgroup is not None
    return space.workgroup.get_absolute_url() if is_of_group and space.workgroup else ""


def keep_mentions(post: Post, mentions: Iterable[Mention], *, anew: bool = False) -> None:
    """Exactly these; ``anew``: there may be others of the text before."""
    if anew:
        post.mentions.all().delete()
    rows = [PostMention(post=post, name=each.name, person_id=each.person_id, office=each.office) for each in mentions]
    if rows:
        PostMention.objects.bulk_create(rows)


def people_named(mentions: Iterable[Mention | PostMention], space: Space) -> QuerySet[Membership]:
    """Memberships of all whom these name and who may read the space now."""
    mentions = list(mentions)
    offices = {each.office for each in mentions if each.office}
    named = Q(person__in=[each.person_id for each in mentions if each.person_id])
    if Named.MANAGERS in offices:
        named |= Q(roles__contains=[Role.MANAGER])
    held = [office for each in offices if each in OFFICES for office in OFFICES[Named(each)]]
    if held and space.workgroup is not None:
        named |= Q(person__in=_seats_with(space.workgroup, held))
    return readers_of_space(space).filter(named, with_mailbox("person"))


def _seats_with(group: Workgroup, offices: Iterable[str]) -> QuerySet[GroupMembership, UUID]:
    seats: QuerySet[GroupMembership] = group.memberships.filter(state=GroupMembershipState.ACTIVE, office__in=offices)
    return seats.order_by().values_list("person_id", flat=True)
