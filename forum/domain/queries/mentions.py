"""Whom one may name while one types."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.tenancy.visitor import Visitor
from forum.domain.mentions import SIGN, nameable, names_of, offices_of
from forum.models import Space

MOST = 8


@dataclass(frozen=True)
class Suggestion:
    """``text``: what is put into the post; ``note``: who that is."""

    text: str
    note: str


def suggestions(space: Space, visitor: Visitor, typed: str) -> list[Suggestion]:
    """Offices and people of the readable space whose name begins with what was typed. At most two queries.

    One more than shown is asked for, so that two of one name are told apart even where only one of them fits in.
    """
    typed = typed.lstrip(SIGN).strip()
    offices = [each for each in offices_of(space) if str(each.label).casefold().startswith(typed.casefold())]
    found = [Suggestion(f"{SIGN}{each.label}", "") for each in offices]
    if not typed:
        return found
    begins = Q(person__first_name__istartswith=typed) | Q(person__last_name__istartswith=typed)
    rows = nameable(space).filter(begins | Q(full_name__istartswith=typed)).exclude(person=visitor.person_id)
    ids = list(
        rows.order_by("person__first_name", "person__last_name", "pk").values_list("person", flat=True)[: MOST + 1]
    )
    cards = [card for card in map(profiles_for(ids).get, ids) if card is not None]
    names = names_of(cards)
    return [*found, *(Suggestion(name, card.line) for name, card in zip(names, cards, strict=True))][:MOST]
