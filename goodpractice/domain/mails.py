"""Who is told of the catalogue."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.models import with_mailbox
from dkbm.notifications.domain.telling_many import tell_many
from dkbm.notifications.kinds import Kind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from goodpractice.models import Transfergegenstand, TransfergegenstandPage

EXAMPLE_KIND = "catalogue.example"


def _items() -> QuerySet[Transfergegenstand]:
    items: QuerySet[Transfergegenstand] = Transfergegenstand.objects.all()
    return items


KINDS = (
    Kind(
        EXAMPLE_KIND,
        _("Neues Beispiel guter Praxis"),
        _("Neues Beispiel: %(title)s"),
        sentence=_("Neu im Katalog: „%(title)s“."),
        optional=True,
        by_group=True,
        things=_items,
    ),
)


def tell_of_example(instance: TransfergegenstandPage, revision: Any, **kwargs: Any) -> None:
    """Tell all members of an example whose text an editor has published for the first time.

    What an import brings has no editor, and nobody is told of it.
    """
    item = Transfergegenstand.objects.filter(page=instance).first()
    is_new = instance.live and instance.first_published_at == instance.last_published_at
    if item is None or item.is_archived or not is_new or revision.user_id is None:
        return
    members = Membership.objects.filter(with_mailbox("person"), state=MembershipState.ACTIVE)
    tell_many(
        kind=EXAMPLE_KIND,
        people=list(members.exclude(person=revision.user_id).order_by("person").values_list("person", flat=True)),
        about=item,
        path=item.get_absolute_url(),
        context={
            "title": item.title,
            "municipality": item.municipality.name if item.municipality else "",
            "excerpt": instance.summary,
        },
    )
