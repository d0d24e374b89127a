"""Keep a search, rename it, switch its alert, delete it: each person for themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.savedsearch.domain.queries.searches import hits_of
from dkbm.savedsearch.errors import NotSaved
from dkbm.savedsearch.models import LONGEST_NAME, SavedSearch
from dkbm.savedsearch.rules import has_room, may_save
from dkbm.search.domain.queries.understanding import understand
from dkbm.tenancy.locking import lock, lock_for
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor


@transaction.atomic
def save_search(*, q: str, type: str, chosen: Mapping[str, Sequence[str]], visitor: Visitor) -> SavedSearch:
    """What is found now is no news; the same search twice is one. Raises :class:`NotSaved`.

    The person's row is held, so that two windows cannot go beyond the limit.
    """
    NotSaved.insist(may_save(visitor))
    assert visitor.membership is not None
    lock(visitor.membership)
    if understand(q) is None:
        raise NotSaved(_("Diese Suche findet nichts. Bitte suchen Sie nach einem Wort."))
    wanted = {"person": visitor.person, "q": q, "type": type, "chosen": {key: list(chosen[key]) for key in chosen}}
    if known := SavedSearch.objects.filter(**wanted).first():
        return known
    NotSaved.insist(has_room(visitor))
    search = SavedSearch(name=" ".join(q.split())[:LONGEST_NAME], **wanted)
    _take_as_seen(search, visitor)
    search.save()
    return search


@transaction.atomic
def rename_search(*, search: SavedSearch, name: str, visitor: Visitor) -> None:
    NotSaved.insist(may_save(visitor))
    row = lock_for(visitor, search)
    row.name = name
    row.save(update_fields=["name"])


@transaction.atomic
def set_alert(*, search: SavedSearch, alert: bool, visitor: Visitor) -> None:
    """Switched on, it begins with what comes from now on."""
    NotSaved.insist(may_save(visitor))
    row = lock_for(visitor, search)
    if alert and not row.alert:
        _take_as_seen(row, visitor)
    row.alert = alert
    row.save()


def delete_search(*, search: SavedSearch, visitor: Visitor) -> None:
    NotSaved.insist(may_save(visitor))
    search.delete()


def forget_searches(membership: Membership) -> None:
    """Whoever leaves keeps none."""
    SavedSearch.objects.filter(person_id=membership.person_id).delete()


def _take_as_seen(search: SavedSearch, visitor: Visitor) -> None:
    search.seen = sorted({*search.seen, *(hit.name for hit in hits_of(search, visitor))})
    search.looked = timezone.now()
