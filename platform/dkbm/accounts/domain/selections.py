"""By what accounts know of people: everybody, by function, by municipality."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.membership import active_members
from dkbm.accounts.models import Profile
from dkbm.notifications.selections import Choice, Selection
from dkbm.tenancy.groups import members_of_group
from dkbm.tenancy.visitor import Visitor


def _profiles(group: int | None) -> QuerySet[Profile]:
    """Of those who belong to the group, or to the network."""
    profiles: QuerySet[Profile] = Profile.objects.order_by()
    if group is None:
        return profiles.filter(person__in=active_members().order_by().values("person_id"))
    return profiles.filter(person__in=members_of_group(group))


def _everybody(visitor: Visitor, group: int | None) -> list[Choice]:
    return [Choice("", gettext("Alle Mitglieder des Netzwerks") if group is None else gettext("Alle Mitglieder"))]


def _functions(visitor: Visitor, group: int | None) -> list[Choice]:
    rows = _profiles(group).values_list("function__slug", "function__label").distinct()
    return [Choice(slug, label) for slug, label in sorted(rows, key=lambda row: row[1].casefold())]


def _with_function(key: str, group: int | None) -> Collection[UUID]:
    return set(Profile.objects.filter(function__slug=key).order_by().values_list("person", flat=True))


def _municipalities(visitor: Visitor, group: int | None) -> list[Choice]:
    rows = _profiles(group).filter(municipality__isnull=False).distinct()
    named = rows.values_list("municipality__sort_name", "municipality__slug", "municipality__name")
    return [Choice(slug, name) for _key, slug, name in sorted(named)]


def _in_municipality(key: str, group: int | None) -> Collection[UUID]:
    return set(Profile.objects.filter(municipality__slug=key).order_by().values_list("person", flat=True))


SELECTIONS = (
    Selection("everybody", _("Alle"), _everybody, lambda key, group: None, order=10),
    Selection("function", _("Nach Funktion"), _functions, _with_function, order=20),
    Selection("municipality", _("Nach Kommune"), _municipalities, _in_municipality, order=30),
)
