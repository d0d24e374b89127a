"""Lock a row and read it anew."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dkbm.accounts.models import Function, Profile
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.locking import lock
from tests.factories.people import function_named, make_person


def test_what_was_changed_meanwhile_is_read(in_niedersachsen: BoundNetwork) -> None:
    function = Function.objects.all()[0]
    Function.objects.filter(pk=function.pk).update(label="Ehrenamtskoordination")

    assert lock(function).label == "Ehrenamtskoordination"
    assert function.label != "Ehrenamtskoordination"


def test_the_row_alone_is_locked(in_niedersachsen: BoundNetwork) -> None:
    profile = Profile.objects.create(person=make_person("Maria Oltmanns"), function=function_named())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        fresh = lock(profile, "person", "function")
        assert fresh.person.last_name == "Oltmanns"

    (query,) = queries.captured_queries
    assert query["sql"].endswith('FOR UPDATE OF "accounts_profile"')


def test_another_networks_row_is_not_there(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        function = Function.objects.all()[0]
    with bind(bayern), pytest.raises(Function.DoesNotExist):
        lock(function)
