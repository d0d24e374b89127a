"""Reads of portraits; their bytes are only read where they are sent."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef

from dkbm.accounts.models import Portrait
from dkbm.accounts.rules import may_see_portrait
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor

SIZES = {"klein": "small", "gross": "large"}
BYTES = ("source", "small", "large")


def own_portrait(person_id: UUID) -> Portrait | None:
    """What the person has chosen, without the pictures themselves."""
    return Portrait.objects.defer(*BYTES).filter(person_id=person_id).first()


def portrait_bytes(key: str, size: str, visitor: Visitor) -> bytes | None:
    """``None``: there is none, or the visitor may not see it."""
    name = SIZES.get(size)
    others = [each for each in BYTES if each != name]
    belongs = Exists(Membership.objects.filter(person_id=OuterRef("person_id"), state=MembershipState.ACTIVE))
    portraits = Portrait.objects.select_related("person").defer(*others).annotate(is_member=belongs)
    portrait = portraits.filter(key=key).first() if name else None
    if portrait is None or not may_see_portrait(visitor, portrait, of_member=portrait.is_member):
        return None
    return bytes(getattr(portrait, str(name)))


def own_source(person_id: UUID) -> bytes | None:
    """The whole picture, for the person alone."""
    source = Portrait.objects.filter(person_id=person_id).values_list("source", flat=True).first()
    return None if source is None else bytes(source)
