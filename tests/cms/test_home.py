"""The home page: what it shows to whom, and how many queries it takes whatever there is to show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from forum.domain.spaces import space_of
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.events import make_event, registered
from tests.factories.forum import answer, make_topic
from tests.factories.groups import make_colleague, make_member, make_subgroup, make_workgroup
from tests.factories.people import settle
from tests.factories.publications import make_issue, make_publication
from workgroups.domain.groups import put_in_group

ClientOf = Callable[..., Client]
MEMBER_QUERIES = 24
NEWCOMER_QUERIES = 26
GUEST_QUERIES = 14


def furnish(reader: Person, rows: int) -> None:
    """``rows`` of everything that the home page lists, all of it new to ``reader``."""
    load_vocabulary()
    for number in range(rows):
        group = make_workgroup(name=f"Gruppe {number}")
        make_subgroup(group, f"uag-{number}")
        member = make_member(group, f"Mitglied {number}")
        make_member(group, f"Zweite {number}")
        put_in_group(workgroup=group, person=reader)
        topic = make_topic(member, space=space_of(group), title=f"Frage {number}")
        answer(topic, make_member(group, f"Antwort {number}"))
        make_item(f"beispiel-{number}")
        registered(make_event(f"Treffen {number}"), reader)
        make_issue(f"Heft {number}", slug=f"heft-{number}")
        make_publication(f"Papier {number}", slug=f"papier-{number}")


@pytest.mark.parametrize(("rows", "is_new"), [(1, False), (3, False), (1, True), (3, True)])
def test_home_of_a_member_takes_the_same_queries(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, rows: int, is_new: bool, django_assert_num_queries: Any
) -> None:
    reader = make_colleague("Rita Leserin")
    if not is_new:
        settle(reader)
    furnish(reader, rows)
    client = client_of(in_niedersachsen, reader)
    client.get("/")
    with django_assert_num_queries(NEWCOMER_QUERIES if is_new else MEMBER_QUERIES):
        text = client.get("/").text
    for number in range(rows):
        for title in (f"Frage {number}", f"Gruppe {number}", f"Beispiel {number}", f"Treffen {number}"):
            assert title in text


@pytest.mark.parametrize("rows", [1, 3])
def test_home_of_a_guest_takes_the_same_queries(
    in_niedersachsen: BoundNetwork, client_of: ClientOf, rows: int, django_assert_num_queries: Any
) -> None:
    furnish(make_colleague("Rita Leserin"), rows)
    client = client_of(in_niedersachsen)
    client.get("/")
    with django_assert_num_queries(GUEST_QUERIES):
        text = client.get("/").text
    for number in range(rows):
        assert f"Beispiel {number}" in text
        assert f"Frage {number}" not in text
