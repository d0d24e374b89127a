"""The lead of a sub-group asks members of its AG to join. Nobody is put in: they read of it and join by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails
from workgroups.domain.groups import lock
from workgroups.domain.queries.groups import invitable
from workgroups.errors import GroupRefusal, insist
from workgroups.models import Workgroup


@transaction.atomic
def invite(*, group: Workgroup, people: Iterable[Person], visitor: Visitor, message: str = "") -> None:
    """Whoever is in by now is left out, and whoever was invited today already. Raises ``GroupRefusal``."""
    group = lock(group, visitor)
    insist(rules.may_invite(visitor, group))
    chosen = list(invitable(group).filter(pk__in=[person.pk for person in people]))
    if not chosen:
        text = _("Bitte wählen Sie Mitglieder der Arbeitsgruppe, die noch nicht dabei sind.")
        raise GroupRefusal(text, field="people")
    mails.invited(group, chosen, by=visitor.person, message=message.strip())
