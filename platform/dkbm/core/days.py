"""Days that make sense: neither the year 1 nor the year 9999, which a slip of the hand makes of 2001 and 2027."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

FIRST_DAY, LAST_DAY = datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)


def validate_day(day: datetime.date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _("Bitte prüfen Sie das Jahr: Möglich sind Tage vom %(first)s bis zum %(last)s."),
            params={"first": date_format(FIRST_DAY, "j. F Y"), "last": date_format(LAST_DAY, "j. F Y")},
        )


class DayField(models.DateField):
    """A ``DateField`` with days that make sense; for the database and migrations it is one like any other."""

    default_validators = [validate_day]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs
