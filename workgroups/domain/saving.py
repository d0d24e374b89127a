"""The one way in which a group's row is written, by founders, managers and importers: row, page and search entry.

Callers have checked who asks, and set what the row is beside these values: kind, slug, parent, founder, state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workgroups.domain import pages
from workgroups.domain.concept import sync_concept_group
from workgroups.domain.searching import index_group
from workgroups.errors import GroupRefusal
from workgroups.models import Workgroup


@dataclass(frozen=True)
class GroupValues:
    """What a group says about itself. ``member_functions``: keys, see ``functions.function_keys``."""

    name: str
    number: int | None = None
    question: str = ""
    description: str = ""
    expected_result: str = ""
    member_functions: Sequence[str] = ()
    until: date | None = None

    def as_fields(self) -> dict[str, Any]:
        """As the row has them: texts without blanks around them."""
        given = {**vars(self), "member_functions": list(self.member_functions)}
        return {name: value.strip() if isinstance(value, str) else value for name, value in given.items()}


def check_until(until: date | None, *, before: date | None = None) -> None:
    """Raises ``GroupRefusal`` for a day that is past. ``before``: the one that stands there may stay."""
    if until is not None and until != before and until < timezone.localdate():
        raise GroupRefusal(_("Bitte wählen Sie einen Tag in der Zukunft."), field="until")


@transaction.atomic
def save_group(group: Workgroup, values: GroupValues, *, aims: Sequence[str] = ()) -> Workgroup:
    """Bring the group (new, or locked) to these values.

    AGs and the concept group have a page: it is made where it is missing, ``aims`` stand in its first version, and it
    takes over what changes, see ``pages.retell_page``. Raises ``GroupRefusal`` with the field for what another group
    has already, ``ValidationError`` for values that the model refuses.
    """
    before = group.description
    for name, value in values.as_fields().items():
        setattr(group, name, value)
    _write(group)
    if not group.is_subgroup:
        _bring_page(group, before=before, aims=aims)
    if group.is_concept_group:
        sync_concept_group()
    index_group(group)
    return group


def _write(group: Workgroup) -> None:
    """Two may ask for the same number or name at once: the second one reads that it is taken."""
    group.full_clean(exclude=["page", "parent", "founder"], validate_constraints=False)
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        for constraint, refusal in _refusals(group).items():
            if constraint in str(error):
                raise refusal from None
        raise


def _refusals(group: Workgroup) -> dict[str, GroupRefusal]:
    """What somebody reads whose group comes second, by the constraint that it breaks."""
    return {
        "ag_number_once_a_network": GroupRefusal(
            _("Diese Nummer hat schon eine andere Arbeitsgruppe."), field="number"
        ),
        "one_concept_group_a_network": GroupRefusal(_("Dieses Netzwerk hat schon eine Konzeptgruppe.")),
        "group_slug_once_a_network": GroupRefusal(
            _("Gerade wurde eine Gruppe dieses Namens gegründet. Bitte senden Sie das Formular noch einmal."),
            field="name",
        ),
    }


def _bring_page(group: Workgroup, *, before: str, aims: Sequence[str]) -> None:
    if group.page is None:
        group.page = pages.create_page(group, aims=aims)
        group.save(update_fields=["page"])
    else:
        pages.retell_page(group, before=before)
