"""A question as the server's query language has it: what meets it, what the reader may see, and what is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from dkbm.search.domain.queries.candidates import readable
from dkbm.search.domain.queries.counting import TYPE, Chosen, Counts
from dkbm.search.domain.queries.documents import readable_document_keys
from dkbm.search.domain.queries.pages import restricted_page_keys
from dkbm.search.questions import Alternative, How, Question, Wanted
from dkbm.search.stems import without_umlauts
from dkbm.search.text import only_words, spelt_out
from dkbm.search.types import DOCUMENT, PAGE
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor

from .documents import SEPARATOR, value_from, value_of

HEADING = ("title^1", "labels^0.75", "title_parts^0.7", "labels_parts^0.5")
"""Where a word counts how much, as PostgreSQL has it."""
IN_HEADING, IN_TEXT, HOW_OFTEN = 1.6, 0.6, 0.85
CALLED_SO = 2.0
"""For a thing that is called just as the question says, or what means the same."""
MOST_ALTERNATIVES, MOST_NAMES = 80, 20
"""Of all words together; servers refuse queries of more than a thousand clauses."""
MOST_KINDS, MOST_VALUES = 100, 5000
"""So many types and values of facets are counted."""


def meeting(question: Question, names: Mapping[str, float], *, enough: float | None = None) -> Query:
    """What is required, or ``enough`` of it, and nothing of what must not be there, scored. ``names``: titles that
    would be the very thing, and how surely.
    """
    wanted = [_most(each, MOST_ALTERNATIVES // len(question.wanted)) for each in question.wanted]
    required = Question(tuple(wanted)).required
    total = sum(each.rarity for each in wanted)
    scores = [_score(each, each.rarity / total) for each in wanted]
    called = [
        Q("constant_score", filter=Q("term", whole_title=name), boost=CALLED_SO * weight)
        for name, weight in sorted(names.items(), key=lambda each: -each[1])[:MOST_NAMES]
    ]
    conditions = [_any(each) for each in required] if enough is None else _covering(required, enough)
    without = [_in("text", text) for text in question.without]
    return Q("bool", filter=conditions, must_not=without, should=[*scores, Q("dis_max", queries=called)])


def _most(wanted: Wanted, number: int) -> Wanted:
    """The surest alternatives; those that the server takes for the same word once."""
    surest: dict[tuple[str, bool], Alternative] = {}
    for each in sorted(wanted.alternatives, key=lambda each: -each.weight):
        surest.setdefault((without_umlauts(spelt_out(each.word)), each.how == How.BEGINNING), each)
    return replace(wanted, alternatives=tuple(surest.values())[: max(number, 2)])


def _covering(required: Sequence[Wanted], enough: float) -> list[Query]:
    """What stood in quotes, and of the words so many that they say enough."""
    words = [each for each in required if not each.phrase]
    needed = enough * sum(each.rarity for each in words)
    held = [Q("constant_score", filter=_any(each), boost=each.rarity) for each in words]
    covered = Q("function_score", query=Q("bool", should=held), min_score=needed * 0.999, boost_mode="multiply")
    return [*(_any(each) for each in required if each.phrase), *([covered] if words else [])]


def _any(wanted: Wanted) -> Query:
    return Q("bool", should=[_in("text", each) for each in wanted.alternatives], minimum_should_match=1)


def _score(wanted: Wanted, share: float) -> Query:
    """How sure and where, and how often."""
    places = [_in(HEADING, each, IN_HEADING) for each in wanted.alternatives]
    places += [
        Q("constant_score", filter=_in("text", each), boost=IN_TEXT * each.weight) for each in wanted.alternatives
    ]
    often = [_in("text", each, HOW_OFTEN) for each in wanted.alternatives]
    return Q("bool", should=[Q("dis_max", queries=places), Q("dis_max", queries=often)], boost=share)


def _in(fields: str | Sequence[str], wanted: Alternative | str, boost: float = 1.0) -> Query:
    """The words next to one another in one of the fields; the parts of a longer word anywhere in it."""
    if isinstance(wanted, str):
        wanted = Alternative(wanted, 1.0, How.TYPED)
    options = {"fields": [fields] if isinstance(fields, str) else list(fields), "boost": boost * wanted.weight}
    if wanted.how == How.BEGINNING:
        return Q("multi_match", query=wanted.word, type="bool_prefix", analyzer="beginnings", **options)
    if wanted.how == How.LONGER:
        return Q("multi_match", query=wanted.word, type="best_fields", operator="and", **options)
    kind = "phrase" if " " in wanted.word else "best_fields"
    return Q("multi_match", query=wanted.word, type=kind, **options)


def beginning_so(beginning: str) -> Query:
    """Title or labels have a word that begins like the last one, and hold those before it."""
    return Q(
        "multi_match",
        query=" ".join(only_words(beginning).split()),
        type="bool_prefix",
        analyzer="beginnings",
        operator="and",
        fields=["title^2", "labels"],
    )


def visible(visitor: Visitor) -> Query:
    """What this reader may see of the bound network, as ``visible_entries`` has it."""
    may = readable(visitor)
    document = Q("term", kind=DOCUMENT.key)
    allowed = Q("terms", visibility=may.visibilities) | Q("terms", group=may.groups)
    keys = [row["entry_key"] for row in readable_document_keys(visitor)]
    either = (document & Q("terms", thing=keys)) | Q("bool", filter=[allowed], must_not=[document])
    hidden = Q("term", kind=PAGE.key) & Q("terms", key=sorted(restricted_page_keys(visitor)))
    return Q("bool", filter=[Q("term", network=require_network().id), either], must_not=[hidden])


def known(waiting: Mapping[str, Collection[str]]) -> Query:
    """Without these things, by type and key: the server has still to hear how they are by now."""
    return Q("bool", must_not=[Q("term", kind=kind) & Q("terms", key=sorted(waiting[kind])) for kind in waiting])


def conditions(type: str, chosen: Chosen) -> dict[str, Query]:
    """What narrows: ``type`` or a facet's key -> condition."""
    asked = {facet.key: Q("terms", values=[value_of(facet.key, key) for key in keys]) for facet, keys in chosen.items()}
    return {**({TYPE: Q("term", kind=type)} if type else {}), **asked}


def count(search: Search, asked: Mapping[str, Query]) -> None:
    """Have everything counted that :func:`counts_from` reads: without the conditions, with all, with all but each."""
    _count_in(search.aggs)
    if asked:
        _count_in(search.aggs.bucket("met", A("filter", Q("bool", filter=list(asked.values())))))
    for name in asked:
        others = [condition for other, condition in asked.items() if other != name]
        _count_in(search.aggs.bucket(f"but {name}", A("filter", Q("bool", filter=others))))


def _count_in(bucket: Any) -> None:
    bucket.bucket("kinds", A("terms", field="kind", size=MOST_KINDS))
    bucket.bucket("values", A("terms", field="shown_values", size=MOST_VALUES))


def counts_from(found: Mapping[str, Any], asked: Mapping[str, Query], *, most: int) -> Counts:
    """The numbers as PostgreSQL's are: no type has more than ``most``."""
    everything = dict(_numbers(found))
    met = dict(_numbers(found["met"])) if asked else everything
    others = {name: dict(_numbers(found[f"but {name}"])) for name in asked}
    rows: list[tuple[dict[str, Any], str, int]] = []
    for value, number in everything.items():
        facet = value.partition(SEPARATOR)[0]
        narrowed = min(others.get(facet, met).get(value, 0), most)
        rows.append((value_from(value), "", narrowed))
        rows.append((value_from(value), "*", min(number, most) - narrowed))
    return Counts(rows)


def crowded(found: Mapping[str, Any], most: int) -> list[str]:
    """Types of which there are more, whatever is chosen."""
    return [each["key"] for each in found["kinds"]["buckets"] if each["doc_count"] > most]


def _numbers(found: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Value -> number; a type is a value too."""
    for each in found["kinds"]["buckets"]:
        yield SEPARATOR.join((TYPE, each["key"], "0", "")), each["doc_count"]
    for each in found["values"]["buckets"]:
        yield each["key"], each["doc_count"]


def order(*, newest_first: bool) -> list[Any]:
    newest = {"date": {"order": "desc", "missing": "_last"}}
    return [*((newest, "_score") if newest_first else ("_score", newest)), "order", "pk"]


def each_of(hits: Iterable[Any]) -> Sequence[tuple[int, float]]:
    return [(hit["_source"]["pk"], hit["_score"] or 0.0) for hit in hits]
