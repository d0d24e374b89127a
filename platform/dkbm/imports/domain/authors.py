"""``function@municipality`` as an account without login."""

from __future__ import annotations

from dkbm.accounts.domain.people import create_author
from dkbm.accounts.enums import AGENCY
from dkbm.accounts.models import Person
from dkbm.municipalities.models import Municipality


class Authors:
    """Makes each author of the bound network once, and remembers them for the length of an import."""

    def __init__(self) -> None:
        self._known: dict[str, Person] = {}
        self._municipalities = {row.slug: row for row in Municipality.objects.all()}

    def find(self, name: str) -> Person:
        """``function@municipality``, or ``transferagentur@network`` for the agency. Raises ``LookupError``."""
        if name not in self._known:
            function, _at, place = name.partition("@")
            municipality = None if function == AGENCY else self._municipalities[place]
            self._known[name] = create_author(function=function, municipality=municipality)
        return self._known[name]
