"""Writing fails loudly where the code is wrong; reading never fails, however old an entry is."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.audit.actions import UndeclaredAction
from dkbm.audit.log import record
from dkbm.audit.models import AuditEntry
from dkbm.audit.sentences import entries, line
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import platform
from tests.factories.people import make_person


def test_entry_holds_who_whom_why_and_the_values(in_niedersachsen: BoundNetwork) -> None:
    actor, subject = make_person(), make_person()
    record(action="role.granted", actor=actor, subject=subject, reason="gewählt", role="editor")
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.subject_id, entry.reason, entry.detail) == (
        actor.pk, subject.pk, "gewählt", {"role": "editor"},
    )  # fmt: skip


def test_undeclared_action_is_an_error(in_niedersachsen: BoundNetwork) -> None:
    with pytest.raises(UndeclaredAction, match=r"role\.sold"):
        record(action="role.sold", actor=None)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, r"missing values \['role'\], unknown values \[\]"),
        ({"rolle": "editor"}, r"missing values \['role'\], unknown values \['rolle'\]"),
        ({"role": "editor", "group": "AG 1"}, r"missing values \[\], unknown values \['group'\]"),
    ],
)
def test_missing_and_unknown_values_are_errors(
    in_niedersachsen: BoundNetwork, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        record(action="role.granted", actor=None, **values)
    assert not AuditEntry.objects.exists()


def test_name_of_somebody_from_outside_is_written_into_the_entry(niedersachsen: BoundNetwork) -> None:
    with bind(platform()):
        operator = make_person("Otto Betrieb", roles=("operator",))
    with bind(niedersachsen):
        record(action="operator.entered", actor=operator)
        (entry,) = entries()
        assert (entry.actor, entry.detail) == (None, {"operator": "Otto Betrieb"})
        assert line(entry).sentence == "Betrieb (Otto Betrieb) hat das Netzwerk betreten."


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"action": "forum.closed"}, "Für diesen Eintrag gibt es keinen Text mehr: forum.closed"),
        ({"action": "role.granted"}, "Für diesen Eintrag gibt es keinen Text mehr: role.granted"),
        (
            {"action": "forum.closed", "detail": {"operator": "Otto Betrieb"}},
            "Für diesen Eintrag gibt es keinen Text mehr: forum.closed (Betrieb (Otto Betrieb))",
        ),
        ({"action": "domain.trusted", "detail": {"domain": "a.de", "alt": 1}}, "Domain a.de als vertraut eingetragen."),
        ({"action": "role.granted", "detail": {"role": "gärtner"}}, "die Rolle gärtner gegeben."),
        ({"action": "role.granted", "detail": {"role": ["editor"]}}, "die Rolle ['editor'] gegeben."),
    ],
)
def test_strange_entry_is_said_as_far_as_it_goes(
    in_niedersachsen: BoundNetwork, written: dict[str, Any], said: str
) -> None:
    entry = AuditEntry.objects.create(reason="damals", **written)
    assert line(entry).sentence.endswith(said)
    assert line(entry).reason == "damals"


def test_entry_of_people_whose_accounts_are_gone_is_said_without_names(in_niedersachsen: BoundNetwork) -> None:
    entry = AuditEntry.objects.create(action="membership.refused")
    said = "Eine Person, deren Konto es nicht mehr gibt, hat die Anfrage von Eine Person"
    assert line(entry).sentence.startswith(said)
