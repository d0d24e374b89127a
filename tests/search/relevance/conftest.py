"""The reference data in one network, loaded once and rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from dkbm.demo.domain.demo import DATA, INVENTED
from dkbm.demo.domain.people import load_people
from dkbm.demo.domain.showcase import with_open_registration
from dkbm.demo.schemas import PeopleFile
from dkbm.imports.domain.reference import load_files
from dkbm.imports.reading import Reference, read_directory, read_file
from dkbm.search.domain.index import rebuild_index
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import forget_hosts, network_for_host
from dkbm.tenancy.visitor import guest, visitor_of
from tests.search.relevance.measuring import Asked
from workgroups.domain.groups import put_in_group
from workgroups.models import Workgroup

HOME = "niedersachsen"


@pytest.fixture(scope="package")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    """All examples stand in one network: what belongs to others is there to be mistaken for."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget_hosts()
        with bind_all("test: reference data", as_owner=True):
            load_files(with_open_registration(_in_one_network(read_directory(DATA)), timezone.localdate()), say=_silent)
        network = network_for_host(f"{HOME}.localhost")
        assert network is not None
        with bind(network):
            yield _with_people(network)
        transaction.set_rollback(True)


def _in_one_network(files: Reference) -> Reference:
    """No other network need be founded; all examples and municipalities are the one's."""
    assert files.networks
    assert files.municipalities
    assert files.transfergegenstaende
    assert files.events
    assert files.publications
    return replace(
        files,
        networks=_with(files.networks, networks=[row for row in files.networks.networks if row.slug == HOME]),
        municipalities=_with(files.municipalities, municipalities=_at_home(files.municipalities.municipalities)),
        transfergegenstaende=_with(
            files.transfergegenstaende, transfergegenstaende=_at_home(files.transfergegenstaende.transfergegenstaende)
        ),
        events=_with(files.events, events=_own(files.events.events)),
        publications=_with(files.publications, publications=_own(files.publications.publications)),
    )


def _with(file: Any, **rows: list[Any]) -> Any:
    return file.model_copy(update=rows)


def _at_home(rows: list[Any]) -> list[Any]:
    return [row.model_copy(update={"network": HOME}) for row in rows]


def _own(rows: list[Any]) -> list[Any]:
    return [row for row in rows if row.network in (None, HOME)]


def _with_people(network: BoundNetwork) -> Asked:
    entry = next(each for each in read_file(INVENTED / "people.yaml", PeopleFile).networks if each.slug == HOME)
    people = load_people(entry)
    member = people["mitglied"]
    for group in Workgroup.objects.all():
        put_in_group(workgroup=group, person=member, office=None)
    rebuild_index()
    return Asked(
        network, {"guest": guest(), "member": visitor_of(member)}, {key: str(row.pk) for key, row in people.items()}
    )


def _silent(_line: str) -> None:
    """Progress that nobody reads."""
