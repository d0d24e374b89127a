"""The reference data in one network, loaded once and rolled back at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from workgroups.domain.groups import put_in_group
from workgroups.models import Workgroup

HOME = "niedersachsen"


@dataclass(frozen=True)
class Asked:
    """The network that is asked, those who ask, and login -> key of a person."""

    network: BoundNetwork
    visitors: dict[str, Visitor]
    logins: dict[str, str]


@pytest.fixture(scope="package")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    """All examples stand in one network: what belongs to others is there to be mistaken for."""
    with django_db_blocker.unblock(), transaction.atomic():
        forget_hosts()
        with bind_all("test: reference data", as_owner=True):
            load_files(with_open_registration(_one_catalogue(read_directory(DATA)), timezone.localdate()), say=_silent)
        network = network_for_host(f"{HOME}.localhost")
        assert network is not None
        with bind(network):
            yield _with_people(network)
        transaction.set_rollback(True)


def _one_catalogue(files: Reference) -> Reference:
    assert files.transfergegenstaende
    items = [entry.model_copy(update={"network": HOME}) for entry in files.transfergegenstaende.transfergegenstaende]
    catalogue = files.transfergegenstaende.model_copy(update={"transfergegenstaende": items})
    return replace(files, transfergegenstaende=catalogue)


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
