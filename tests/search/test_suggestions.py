"""What the search box proposes: names that this reader may see, and nothing that stands in forbidden things alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.search import rates
from dkbm.search.domain.queries.suggesting import suggestions
from dkbm.search.facets import TAG
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from tests.factories.catalogue import make_entry
from tests.factories.groups import join_group, make_workgroup
from tests.factories.people import make_person

VERDEN = ("landkreis-verden", "Landkreis Verden")


def proposed(q: str, visitor: Visitor | None = None) -> list[tuple[str, str]]:
    return [(each.text, each.kind) for each in suggestions(q=q, visitor=visitor or guest())]


def test_titles_and_labels_are_proposed_by_the_beginning_of_any_word(in_niedersachsen: BoundNetwork) -> None:
    make_entry(
        "Xylothek für alle", type="transfergegenstand", facets={MUNICIPALITY: [VERDEN], TAG: [("xylo", "Xylophon")]}
    )
    make_entry("Etwas anderes", type="topic", body="Xylometazolin", facets={TAG: [("xylo", "Xylophon")]})
    expected = [("Xylophon", "Schlagwort"), ("Xylothek für alle", "Beispiel guter Praxis")]
    assert proposed("xylo") == proposed("XYLO") == expected
    assert proposed("alle xylo") == expected[1:]
    assert ("Landkreis Verden", "Kommune") in proposed("verd")
    assert proposed("x") == proposed("") == proposed("ylo") == proposed("xylometa") == []


@pytest.mark.parametrize("q", ["häus", "haeus", "HÄUS", "Häuser der k"])
def test_umlauts_are_found_in_both_spellings(in_niedersachsen: BoundNetwork, q: str) -> None:
    make_entry("Häuser der Kleinen", type="transfergegenstand")
    assert proposed(q) == [("Häuser der Kleinen", "Beispiel guter Praxis")]


def test_what_begins_so_comes_first_and_eight_are_enough(in_niedersachsen: BoundNetwork) -> None:
    for number in range(9):
        make_entry(f"Lied {number} Xylophon", type="transfergegenstand")
    make_entry("Xylophon", type="transfergegenstand")
    found = [text for text, _kind in proposed("xylo")]
    assert (len(found), found[0]) == (8, "Xylophon")


def test_nobody_is_told_names_of_what_they_may_not_see(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    """Titles and tags that stand in forbidden things alone, for each role."""
    with bind(bayern):
        make_entry("Xylofremd", facets={TAG: [("f", "Xylotagfremd")]})
    with bind(niedersachsen):
        group = make_workgroup("ag7", number=7)
        people = {who: make_person() for who in ("member", "insider")}
        manager = make_person(roles=("manager",))
        join_group(group, people["insider"])
        for visibility, own in (("public", None), ("members", None), ("group", group.pk)):
            tag = {TAG: [(visibility, f"Xylotag{visibility}")]}
            make_entry(f"Xylo{visibility}", visibility=visibility, group_id=own, facets=tag)
        seen = {
            "guest": {"public"},
            "member": {"public", "members"},
            "insider": {"public", "members", "group"},
            "manager": {"public", "members", "group"},
        }
        visitors = {who: visitor_of(person) for who, person in {**people, "manager": manager}.items()}
        visitors["guest"] = guest()
        for who, visitor in visitors.items():
            expected = {f"{name}{each}" for each in seen[who] for name in ("Xylo", "Xylotag")}
            assert {text for text, _kind in proposed("xylo", visitor)} == expected, who


@pytest.mark.parametrize(
    "q", ["*", "'", "' | 'a", "xy & !", "a" * 10_000, "\x00", "🎵🎵", "<->", "der die", "ксилофон", "%"]
)
def test_strange_beginnings_propose_nothing(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], q: str
) -> None:
    answer = client_of(niedersachsen).get("/suche/vorschlaege/", {"q": q})
    assert answer.status_code in (200, 400)  # a NUL reaches no view
    if answer.status_code == 200:
        assert answer.json() == {"suggestions": []}


def test_address_answers_each_reader_alone_with_few_queries(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        make_entry("Xylothek", type="transfergegenstand", visibility="members")
        member = make_person()
    client = client_of(niedersachsen, member)
    client.get("/suche/vorschlaege/?q=xylo")
    with django_assert_num_queries(9):
        answer = client.get("/suche/vorschlaege/?q=xylo")
    assert [each["text"] for each in answer.json()["suggestions"]] == ["Xylothek"]
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert client_of(niedersachsen).get("/suche/vorschlaege/?q=xylo").json() == {"suggestions": []}


def test_who_asks_too_often_waits(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "MOST", 1)
    monkeypatch.setattr(rates, "SECONDS", 10_000)
    with bind(niedersachsen):
        one, other = make_person(), make_person()
    first, second = client_of(niedersachsen, one), client_of(niedersachsen, other)
    asked = [client.get("/suche/vorschlaege/?q=xylo").status_code for client in (first, first, second)]
    assert asked == [200, 429, 200]
