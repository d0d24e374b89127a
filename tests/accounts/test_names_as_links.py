"""Names lead on: wherever a person, a group or a Kommune is named, one comes to what the network has of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import Person
from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from goodpractice.domain.saving import Contact
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.events import make_event, registered
from tests.factories.forum import answer, make_topic
from tests.factories.groups import make_colleague, make_workgroup, put_in_group
from tests.factories.people import make_person

Browser = Callable[..., Client]


@pytest.fixture
def jana(in_niedersachsen: BoundNetwork) -> Person:
    return make_colleague("Jana Behrens", roles=("manager",))


@pytest.fixture
def maria(in_niedersachsen: BoundNetwork, verden: Municipality) -> Person:
    return make_colleague("Maria Kröger", municipality=verden, email="maria@landkreis-verden.de")


def links(page: str) -> list[tuple[str, str]]:
    """(address, text) of every link in the page's content, in order."""
    content = page.partition("<main")[2].partition("</main>")[0]
    found = re.findall(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', content, re.DOTALL)
    return [(unescape(href), " ".join(re.sub("<[^>]+>", "", text).split())) for href, text in found]


def page_of(person: Person) -> str:
    return reverse("accounts:person", args=[person.pk])


def expect(client: Client, url: str, *wanted: tuple[str, str]) -> None:
    """All of them are links there, and no two links beside each other or in a row of a list lead to the same page."""
    answered = client.get(url)
    assert answered.status_code == 200
    found = links(answered.content.decode())
    assert [each for each in wanted if each not in found] == []
    assert [one for one, two in pairwise(found) if one[0] == two[0] and one[0] != "#"] == []
    rows = BeautifulSoup(answered.content, "html.parser").select("main ul.rows > li")
    in_rows = [[str(link["href"]) for link in row.select("a[href]")] for row in rows]
    assert [hrefs for hrefs in in_rows if len(set(hrefs)) < len(hrefs)] == []


def test_names_in_the_forum_lead_to_person_group_and_municipality(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, verden: Municipality, client_of: Browser
) -> None:
    topic = make_topic(jana)
    answer(topic, maria)
    person, place = (page_of(maria), "Maria Kröger"), (verden.get_absolute_url(), "Landkreis Verden")
    browser = client_of(niedersachsen, jana)
    for url in (topic.get_absolute_url(), topic.space.get_absolute_url(), reverse("forum:index")):
        expect(browser, url, person, place)
    put_in_group(workgroup=make_workgroup(), person=jana)
    expect(browser, "/", person, place, (topic.space.get_absolute_url(), topic.space.title))


def test_names_in_a_group_are_links_for_members_and_text_for_guests(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, verden: Municipality, client_of: Browser
) -> None:
    group = make_workgroup()
    put_in_group(workgroup=group, person=maria, office="speaker")
    person, place = (page_of(maria), "Maria Kröger"), (verden.get_absolute_url(), "Landkreis Verden")
    expect(client_of(niedersachsen, jana), group.get_absolute_url(), person, place)
    expect(client_of(niedersachsen, jana), reverse("workgroups:members", args=[group.slug]), person, place)
    page = client_of(niedersachsen).get(group.get_absolute_url()).content.decode()
    assert (str(maria.pk) in page, "Kröger" in page, place in links(page)) == (False, False, True)


def test_example_leads_to_its_municipality_and_to_the_contact_who_is_a_member(
    niedersachsen: BoundNetwork,
    jana: Person,
    maria: Person,
    verden: Municipality,
    client_of: Browser,
) -> None:
    load_vocabulary()
    contact = Contact("Leitung", name="Maria Kröger", mail="Maria@landkreis-verden.de")
    item = make_item(municipality="landkreis-verden", contacts=[contact])
    place = (verden.get_absolute_url(), "Landkreis Verden")
    writing = (reverse("accounts:write", args=[maria.pk]), "Nachricht schreiben")
    expect(client_of(niedersachsen, jana), item.get_absolute_url(), place, (page_of(maria), "Maria Kröger"), writing)
    expect(client_of(niedersachsen), item.get_absolute_url(), place)
    expect(client_of(niedersachsen), reverse("goodpractice:list"), place)
    assert str(maria.pk) not in client_of(niedersachsen).get(item.get_absolute_url()).content.decode()
    assert writing not in links(client_of(niedersachsen, maria).get(item.get_absolute_url()).content.decode())


def test_names_of_participants_and_members_lead_to_the_person(
    niedersachsen: BoundNetwork, jana: Person, maria: Person, client_of: Browser
) -> None:
    event = make_event()
    gone = make_colleague("Gerda Weg")
    for person in (maria, gone):
        registered(event, person)
    Membership.objects.filter(person=gone).update(state=MembershipState.LEFT)
    browser = client_of(niedersachsen, jana)
    expect(browser, reverse("events:participants", args=[event.slug]), (page_of(maria), "Maria Kröger"))
    assert str(gone.pk) not in browser.get(reverse("events:participants", args=[event.slug])).content.decode()
    expect(browser, reverse("management:members"), (page_of(maria), "Maria Kröger"))


@pytest.mark.parametrize(
    "fields", [{"state": MembershipState.LEFT}, {"state": MembershipState.REQUESTED}, {"stands_for_function": True}]
)
def test_who_has_no_page_is_no_link(in_niedersachsen: BoundNetwork, fields: dict[str, Any]) -> None:
    person = make_person("Ohne Seite", **fields)
    assert profiles_for([person.pk])[person.pk].url == ""


def test_municipality_leads_to_all_that_the_network_has_of_it(
    niedersachsen: BoundNetwork,
    jana: Person,
    verden: Municipality,
    client_of: Browser,
) -> None:
    assert f"&{MUNICIPALITY.param}=landkreis-verden" in verden.get_absolute_url()
    load_vocabulary()
    item = make_item(municipality="landkreis-verden")
    expect(client_of(niedersachsen), verden.get_absolute_url(), (item.get_absolute_url(), item.title))
