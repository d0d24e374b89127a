"""How long a request for membership takes: a sentence that the network's managers may promise; nobody else does."""

from __future__ import annotations

from django.db import transaction

from dkbm.accounts.errors import ensure
from dkbm.accounts.rules import may_manage_people
from dkbm.cms.domain.edits import note_edit
from dkbm.tenancy.context import require_network
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.models import Network
from dkbm.tenancy.visitor import Visitor

PART = "waiting_note"


def waiting_note() -> str:
    """Of the bound network; '' as long as its managers say nothing."""
    note: str = Network.objects.values_list("waiting_note", flat=True).get(pk=require_network().id)
    return note


@transaction.atomic
def change_waiting_note(*, note: str, visitor: Visitor) -> None:
    """Raises ``NotAllowed``."""
    network = lock_for(visitor, Network(pk=require_network().id))
    ensure(may_manage_people(visitor))
    network.waiting_note = note
    network.save(update_fields=["waiting_note"])
    note_edit(network, visitor=visitor, part=PART)
