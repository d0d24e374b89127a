"""A person's picture in the bound network: put there, cut, shown to whom they choose, and taken away with all of it."""

from __future__ import annotations

import secrets
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person, Portrait
from dkbm.core.square_pictures import MIDDLE, SquarePicture, square_of
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

SMALL, LARGE = 96, 320
"""Pixels of a side: twice of what lists and pages give it, for screens that are fine."""
BELONGING = (MembershipState.ACTIVE, MembershipState.REQUESTED)


@transaction.atomic
def save_portrait(*, person: Person, picture: SquarePicture | None, cut: str, shown_to: str) -> Portrait | None:
    """``picture``: a new one, which is cut in its middle at first; ``None`` keeps the one that is there, if any.

    Raises ``PermissionDenied`` when the person has left meanwhile: leaving takes the picture away, once.
    """
    if not Membership.objects.select_for_update().filter(person_id=person.pk, state__in=BELONGING).first():
        raise PermissionDenied(_("Sie gehören diesem Netzwerk nicht mehr an."))
    portrait = Portrait.objects.select_for_update().filter(person_id=person.pk).first()
    if portrait is None and picture is None:
        return None
    portrait = portrait or Portrait(person_id=person.pk)
    if picture is not None:
        portrait.source, portrait.width, portrait.height = picture.content, picture.width, picture.height
        cut = MIDDLE
    if picture is not None or cut != portrait.cut:
        source = bytes(portrait.source)
        portrait.cut = cut
        portrait.small, portrait.large = square_of(source, cut, SMALL), square_of(source, cut, LARGE)
    portrait.shown_to = shown_to
    portrait.key = secrets.token_urlsafe(16)
    portrait.save()
    return portrait


def remove_portrait(person_id: UUID) -> bool:
    """False where there was none."""
    number, _by_model = Portrait.objects.filter(person_id=person_id).delete()
    return number > 0
