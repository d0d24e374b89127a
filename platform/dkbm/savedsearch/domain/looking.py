"""New hits of saved searches: told once, as the person may see them now."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dkbm.savedsearch.domain import mails
from dkbm.savedsearch.domain.queries.searches import hits_of
from dkbm.savedsearch.models import SavedSearch
from dkbm.search.domain.queries.matching import Matching
from dkbm.search.registry import written_by
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor, visitor_with


def people_with_alerts() -> list[UUID]:
    """Active members of the bound network."""
    members = Membership.objects.filter(state=MembershipState.ACTIVE).values("person")
    alerts = SavedSearch.objects.filter(alert=True, person__in=members)
    return list(alerts.order_by("person").values_list("person", flat=True).distinct())


def tell_new_hits(*, person_id: UUID) -> None:
    """Compare each search of one person with what is found now. Whoever is no member any more is told nothing."""
    rows = Membership.objects.filter(person=person_id, state=MembershipState.ACTIVE).select_related("person")
    membership = rows.first()
    if membership is None:
        return
    visitor = visitor_with(membership)
    for pk in SavedSearch.objects.filter(person=person_id, alert=True).order_by("pk").values_list("pk", flat=True):
        _look(pk, visitor)


@transaction.atomic
def _look(pk: int, visitor: Visitor) -> None:
    """A search that another worker looks at is left to it."""
    search = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk, alert=True).first()
    if search is None:
        return
    seen = set(search.seen)
    new = [hit for hit in hits_of(search, visitor, since=search.looked) if hit.name not in seen]
    search.seen = sorted(seen | {hit.name for hit in new})
    search.looked = timezone.now()
    search.save(update_fields=["seen", "looked"])
    mails.tell_found(search=search, person=visitor.person, hits=_of_others(new, visitor))


def _of_others(hits: list[Matching], visitor: Visitor) -> list[Matching]:
    """Nobody has to be told what they wrote themselves."""
    assert visitor.person_id is not None
    own = written_by(visitor.person_id, [(hit.type, hit.key) for hit in hits])
    return [hit for hit in hits if (hit.type, hit.key) not in own]
