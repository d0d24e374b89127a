"""Portraits of people; call inside a binding."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile

from dkbm.accounts.domain.portraits import save_portrait
from dkbm.accounts.models import Portrait
from dkbm.core.square_pictures import MIDDLE, take_square_picture
from tests.factories.uploads import photo


def put_portrait(person: Any, *, shown_to: str = "members", size: tuple[int, int] = (160, 120)) -> Portrait:
    picture = take_square_picture(ContentFile(photo(size=size)), "foto.jpg")
    portrait = save_portrait(person=person, picture=picture, cut=MIDDLE, shown_to=shown_to)
    assert portrait
    return portrait
