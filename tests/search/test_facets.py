"""Facets: what may be declared, what an entry may say, and that the database counts as one would by hand."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import Any

import pytest

from dkbm.search import facets as declared
from dkbm.search.domain.index import compare_index, rebuild_index, renew_old_entries
from dkbm.search.domain.queries.counting import Chosen
from dkbm.search.domain.queries.entries import Found, browse, find
from dkbm.search.facets import TAG, YEAR, Facet, all_facets, register_facets
from dkbm.search.models import SearchEntry
from dkbm.tenancy import after_migrate, groups
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.visitor import guest, visitor_of
from forum.facets import SPACE
from goodpractice.facets import PHASE
from tests.factories.catalogue import make_entry
from tests.factories.files import collection, make_document
from tests.factories.people import make_person

TAGS = [("ganztag", "Ganztag"), ("sport", "Sport"), ("aerger", "Ärger"), ("zeit", "Zeit")]
YEARS = [(str(year), str(year), -year) for year in (2019, 2021, 2025)]


def search(q: str = "kita", **values: Any) -> Found:
    return find(**{"q": q, "visitor": guest(), **values})


def numbers(found: Found, facet: Facet) -> dict[str, int]:
    return {value.key: value.number for value in found.facets.of(facet) if value.number}


def titles(found: Found) -> list[str]:
    return sorted(hit.title for hit in found[0:100])


@pytest.mark.parametrize(
    ("facets", "message"),
    [
        ({PHASE: [("kita", "Kita")]}, "have no facet"),
        ({Facet("fremd", "fremd", "Fremd", "Alle", order=1): [("a", "A")]}, "have no facet"),
        ({"tag": [("a", "A")]}, "have no facet"),
        ({TAG: ["ganztag"]}, "list of"),
        ({TAG: "ganztag"}, "list of"),
        ({TAG: [("ganztag", "")]}, "list of"),
        ({TAG: [("", "Ganztag")]}, "list of"),
        ({TAG: [("ganztag",)]}, "list of"),
        ({TAG: [(7, "Ganztag")]}, "list of"),
        ({TAG: [("ganztag", "Ganztag", "1")]}, "list of"),
    ],
)
def test_entry_with_wrong_facets_is_refused(in_niedersachsen: BoundNetwork, facets: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make_entry("Kita", facets=facets)
    assert not SearchEntry.objects.filter(title="Kita").exists()


@pytest.mark.parametrize(
    ("key", "param"),
    [("tag", "neu"), ("neu", "schlagwort"), ("schlagwort", "neu"), ("type", "neu"), ("neu", "art"), ("q", "neu")],
)
def test_facet_with_a_name_that_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch, key: str, param: str) -> None:
    monkeypatch.setattr(declared, "_by_type", {"topic": [TAG]})
    with pytest.raises(ValueError, match="takes a name"):
        register_facets("page", Facet(key, param, "Neu", "Alle", order=1))


def test_facets_stand_in_order_and_registering_twice_is_the_same_as_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "_by_type", {})
    for _ in range(2):
        register_facets("event", YEAR, TAG)
    assert all_facets() == [TAG, YEAR]
    assert declared.facets_of("event") == (YEAR, TAG)
    assert not declared.is_shared(TAG)
    register_facets("topic", TAG)
    assert declared.is_shared(TAG)


def test_values_of_one_facet_widen_and_several_facets_narrow(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita a", type="publication", facets={TAG: TAGS[:2], YEAR: YEARS[:1]})
    make_entry("Kita b", type="publication", facets={TAG: TAGS[1:2], YEAR: YEARS[1:2]})
    make_entry("Kita c", type="publication", facets={YEAR: YEARS[1:2]})
    assert titles(search(chosen={TAG: ["ganztag", "sport"]})) == ["Kita a", "Kita b"]
    found = search(chosen={TAG: ["ganztag", "sport"], YEAR: ["2021"]})
    assert titles(found) == ["Kita b"]
    assert (found.count(), found.counts) == (1, {"publication": 1})
    assert numbers(found, TAG) == {"sport": 1}
    assert numbers(found, YEAR) == {"2019": 1, "2021": 1}


def test_numbers_are_those_of_counting_by_hand(in_niedersachsen: BoundNetwork) -> None:
    """Every facet ignores its own choice: its numbers say what a further value would bring."""
    source = random.Random(7)
    made = []
    for number in range(40):
        kind = source.choice(["publication", "topic"])
        facets = {TAG: source.sample(TAGS, source.randint(0, 3))}
        if kind == "publication":
            facets[YEAR] = source.sample(YEARS, source.randint(0, 1))  # type: ignore[assignment]
        made.append((kind, {facet: {value[0] for value in values} for facet, values in facets.items()}))
        make_entry(f"Kita {number}", type=kind, facets=facets)

    def fits(kind: str, values: dict[Facet, set[str]], wanted: str, chosen: Chosen) -> bool:
        narrowed = all(values.get(facet, set()) & set(keys) for facet, keys in chosen.items())
        return narrowed and wanted in ("", kind)

    for tags, years, wanted in itertools.product(
        ([], ["ganztag"], ["sport", "zeit"]), ([], ["2021"], ["2019", "2025"]), ("", "publication", "topic")
    ):
        chosen = {facet: keys for facet, keys in ((TAG, tags), (YEAR, years)) if keys}
        found = search(type=wanted, chosen=chosen)
        assert found.count() == len(found[0:100]) == sum(fits(*entry, wanted, chosen) for entry in made)
        for facet, values in ((TAG, TAGS), (YEAR, YEARS)):
            others = {other: keys for other, keys in chosen.items() if other is not facet}
            expected = {
                key: sum(key in entry[1].get(facet, ()) and fits(*entry, wanted, others) for entry in made)
                for key, *_rest in values
            }
            assert numbers(found, facet) == {key: number for key, number in expected.items() if number}
        kinds = {kind: sum(entry[0] == kind and fits(*entry, "", chosen) for entry in made) for kind, _ in made}
        assert found.counts == {kind: number for kind, number in kinds.items() if number}


def test_values_are_offered_by_their_order_and_then_as_german_sorts(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita", type="publication", facets={TAG: TAGS, YEAR: YEARS})
    found = search()
    assert [value.label for value in found.facets.of(TAG)] == ["Ärger", "Ganztag", "Sport", "Zeit"]
    assert [value.label for value in found.facets.of(YEAR)] == ["2025", "2021", "2019"]


def test_key_that_has_another_name_by_now_is_one_value(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita eins", facets={TAG: [("ganztag", "Ganztag")]})
    make_entry("Kita zwei", facets={TAG: [("ganztag", "Ganztag und Ferien")]})
    assert [(value.key, value.number) for value in search().facets.of(TAG)] == [("ganztag", 2)]


def test_values_of_what_one_may_not_see_are_neither_counted_nor_named(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    with bind(bayern):
        make_entry("Kita Bayern", facets={TAG: [("bsec", "BSEC")]})
    monkeypatch.setattr(groups, "_sources", [replace(groups._sources[0], readable=lambda visitor: {7})])
    with bind(niedersachsen):
        for title, values in {
            "Kita offen": {"visibility": "public"},
            "Kita intern": {"visibility": "members"},
            "Kita sieben": {"visibility": "group", "group_id": 7},
            "Kita acht": {"visibility": "group", "group_id": 8},
        }.items():
            make_entry(title, facets={TAG: [("alle", "Alle"), (title[5:], title[5:])]}, **values)
        member = visitor_of(make_person())
        manager = visitor_of(make_person(roles=("manager",)))
        for visitor, seen in (
            (guest(), {"offen"}),
            (member, {"offen", "intern", "sieben"}),
            (manager, {"offen", "intern", "sieben", "acht"}),
        ):
            expected = {"alle": len(seen), **dict.fromkeys(seen, 1)}
            assert numbers(search(visitor=visitor), TAG) == expected
            chosen = search(visitor=visitor, chosen={TAG: ["acht", "bsec"]})
            assert titles(chosen) == (["Kita acht"] if "acht" in seen else [])
            listed = browse(type="topic", q="", chosen={}, visitor=visitor)
            assert {value.key: value.number for value in listed.facets.of(TAG)} == expected


def test_unknown_values_find_nothing_unless_one_is_lenient(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita", facets={TAG: TAGS[:1]})
    chosen: Chosen = {TAG: ["gibt-es-nicht"], SPACE: ["auch-nicht", "auch-nicht"]}
    assert search(chosen=chosen).count() == 0
    found = search(chosen={**chosen, TAG: ["gibt-es-nicht", "ganztag"]}, lenient=True)
    assert (found.count(), found.chosen) == (1, {TAG: ["ganztag"]})


def test_list_of_one_type_names_values_that_the_choice_leaves_empty(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita", key="1", type="publication", facets={TAG: TAGS[:1], YEAR: YEARS[:1]})
    make_entry("Schule", key="2", type="publication", facets={TAG: TAGS[1:2]})
    make_entry("Kita im Forum", key="3", facets={TAG: TAGS[3:]})

    def listed(q: str, chosen: Chosen) -> tuple[list[str], int, dict[str, int]]:
        found = browse(type="publication", q=q, chosen=chosen, visitor=guest())
        keys = sorted(row["key"] for row in found.keys)
        return keys, found.total, {value.key: value.number for value in found.facets.of(TAG)}

    assert listed("", {}) == (["1", "2"], 2, {"ganztag": 1, "sport": 1})
    assert listed("kita", {}) == (["1"], 2, {"ganztag": 1, "sport": 0})
    assert listed("", {YEAR: ["2019"]}) == (["1"], 2, {"ganztag": 1, "sport": 0})
    assert listed("kita", {TAG: ["sport", "nicht"]}) == ([], 2, {"ganztag": 1, "sport": 0})
    assert listed("-kita", {TAG: ["nicht"]}) == (["1", "2"], 2, {"ganztag": 1, "sport": 1})


@pytest.mark.usefixtures("media")
def test_tags_of_a_document_are_in_the_index_however_they_are_set(in_niedersachsen: BoundNetwork) -> None:
    document = make_document()

    def keys() -> list[str]:
        entry = SearchEntry.objects.get(type="document", key=str(document.pk))
        return sorted(value["label"] for value in entry.facets if value["facet"] == "tag")

    for tags in (["Ganztag", "Sport"], ["Sport"], []):
        document.tags.set(tags)
        assert keys() == tags
        assert "document" not in compare_index()


@pytest.mark.usefixtures("media")
def test_entries_of_an_older_shape_are_found_and_renewed_after_migrating(in_niedersachsen: BoundNetwork) -> None:
    document = make_document("Vereinbarung", where=collection(public=True))
    document.tags.set(["Xylophon"])
    rebuild_index()
    SearchEntry.objects.update(facets=None)
    for chosen, number in (({}, 1), ({TAG: ["xylophon"]}, 0)):
        found = search("vereinbarung", chosen=chosen)
        assert (found.count(), len(found[0:9])) == (number, number)
        assert numbers(found, TAG) == {}
    with bind_all("test: after migrate", as_owner=True):
        assert renew_old_entries in after_migrate._steps
        renew_old_entries()
    assert not SearchEntry.objects.filter(facets__isnull=True).exists()
    assert search("vereinbarung", chosen={TAG: ["xylophon"]}).count() == 1
