"""The page of an example names the topics that link to it, to those who may read them."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.visitor import visitor_of
from forum.domain.examples import named_in
from forum.domain.posts import delete_post, edit_post
from forum.models import PostExample
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.forum import answer, make_space, make_topic
from tests.factories.people import make_person

ITEM = "/katalog/bildungsbuero/"


def discussed(client: Client) -> list[str]:
    block = client.get(ITEM).text.partition('id="besprochen"')[2].partition("</section>")[0]
    return re.findall(r"<h3><a href=\"[^\"]+\">([^<]+)</a>", block)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Siehe /katalog/bildungsbuero/.", ["bildungsbuero"]),
        ("[dort](/katalog/bildungsbuero/) und /katalog/anderes", ["bildungsbuero", "anderes"]),
        ("http://niedersachsen.localhost:8000/katalog/bildungsbuero/pdf/", ["bildungsbuero"]),
        ("https://NIEDERSACHSEN.localhost/katalog/a/ und https://bayern.localhost/katalog/b/", ["a"]),
        ("www.example.org/katalog/bildungsbuero/ und a/katalog/b", []),
        ("Nichts davon.", []),
    ],
)
def test_addresses_are_found(in_niedersachsen: BoundNetwork, text: str, slugs: list[str]) -> None:
    assert named_in(text) == slugs


def test_topics_are_named_to_those_who_may_read_them(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    load_vocabulary()
    with bind(bayern):
        make_item()
        stranger = make_person()
        make_topic(stranger, space=make_space(stranger), title="Fremdes Thema", text=ITEM)
    with bind(niedersachsen):
        make_item()
        insider, member, manager = make_person(), make_person(), make_person(roles=("manager",))
        make_topic(insider, space=make_space(insider), title="Inneres Thema", text=f"Wie in {ITEM}?")
        topic = make_topic(member, title="Offenes Thema", text="Wer kennt das?")
        answer(topic, insider, f"Das steht in {ITEM}")
        make_topic(member, title="Anderes Thema", text="/katalog/gibt-es-nicht/")
    assert discussed(client_of(niedersachsen)) == []
    assert discussed(client_of(niedersachsen, member)) == ["Offenes Thema"]
    assert discussed(client_of(niedersachsen, insider)) == ["Offenes Thema", "Inneres Thema"]
    assert discussed(client_of(niedersachsen, manager)) == ["Offenes Thema", "Inneres Thema"]


def test_what_no_longer_names_it_is_no_longer_named(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    load_vocabulary()
    with bind(niedersachsen):
        make_item()
        member = make_person()
        topic = make_topic(member, title="Thema", text="Frage")
        first, second = answer(topic, member, ITEM), answer(topic, member, f"Auch {ITEM}")
        client = client_of(niedersachsen, member)
        assert discussed(client) == ["Thema"]
        edit_post(post=first, visitor=visitor_of(member), text="Doch nicht.")
        assert PostExample.objects.count() == 1
        assert discussed(client) == ["Thema"]
        delete_post(post=second, visitor=visitor_of(member))
        assert discussed(client) == []


def test_posts_of_before_are_read_by_the_migration(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    load_vocabulary()
    for network in (niedersachsen, bayern):
        with bind(network):
            item = make_item()
            for text in (
                f"Wie in {ITEM}?",
                f"(http://{network.host}:8000{ITEM})",
                f"https://example.org{ITEM}",
                "Nein",
            ):
                make_topic(make_person(), title=text[:40], text=text)
            PostExample.objects.all().delete()
    with bind_all("as the migration does", as_owner=True), connection.cursor() as cursor:
        cursor.execute(import_module("forum.migrations.0012_examples_in_posts").NAMED)
    for network in (niedersachsen, bayern):
        with bind(network):
            assert PostExample.objects.count() == 2
    with bind(bayern):
        assert set(PostExample.objects.values_list("item", flat=True)) == {item.pk}
