"""A question as the server's query language has it: what meets it, what the reader may see, and what is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from elasticsearch_dsl import A, Q, Search
from elasticsearch_dsl.query import Query

from dkbm.search.domain.queries.candidates import readable
from dkbm.search.domain.queries.counting import TYPE, Chosen, Counts
from dkbm.search.domain.queries.documents import readable_document_keys
from dkbm.search.domain.queries.pages import restricted_page_keys
from dkbm.search.questions import Alternative, How, Question, Wanted
from dkbm.search.text import spelt_out
from dkbm.search.types import DOCUMENT, PAGE
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor

from .documents import SEPARATOR, stopwords, value_from, value_of

FIELDS = ["title^5", "labels^2", "text"]
TITLE_BOOST = 5.0
"""For a thing that is called just as the question says."""
MOST_KINDS, MOST_VALUES = 100, 5000
"""So many types and values of facets are counted."""


def meeting(question: Question) -> Query:
    """All that is required and nothing of what must not be there, scored by how well and where it stands."""
    required = [_any(wanted) for wanted in question.required if not _is_silent(wanted)]
    if not required:
        return Q("match_none")
    helpful = [_any(wanted) for wanted in question.wanted if wanted.optional]
    called = Q("term", whole_title={"value": " ".join(question.text.split()), "boost": TITLE_BOOST})
    return Q("bool", must=required, should=[*helpful, called], must_not=[_one_of(text) for text in question.without])


def _is_silent(wanted: Wanted) -> bool:
    """Its words are in no index."""
    return all(spelt_out(word) in stopwords() for each in wanted.alternatives for word in each.words)


def _any(wanted: Wanted) -> Query:
    return Q("dis_max", queries=[_one(each) for each in wanted.alternatives], boost=wanted.rarity)


def _one(alternative: Alternative) -> Query:
    words = alternative.words
    if alternative.how == How.BEGINNING:
        return Q(
            "multi_match",
            query=alternative.word,
            type="bool_prefix",
            analyzer="beginnings",
            fields=FIELDS,
            boost=alternative.weight,
        )
    if alternative.how == How.LONGER and len(words) > 1:
        return Q("bool", must=[_one_of(word) for word in words], boost=alternative.weight)
    return _one_of(alternative.word, boost=alternative.weight)


def _one_of(text: str, **options: Any) -> Query:
    """The words next to one another, in any of the fields."""
    kind = "phrase" if " " in text else "best_fields"
    return Q("multi_match", query=text, type=kind, fields=FIELDS, **options)


def visible(visitor: Visitor) -> Query:
    """What this reader may see of the bound network, as ``visible_entries`` has it."""
    may = readable(visitor)
    document = Q("term", kind=DOCUMENT.key)
    allowed = Q("terms", visibility=may.visibilities) | Q("terms", group=may.groups)
    keys = [row["entry_key"] for row in readable_document_keys(visitor)]
    either = (document & Q("terms", key=keys)) | Q("bool", filter=[allowed], must_not=[document])
    hidden = Q("term", kind=PAGE.key) & Q("terms", key=sorted(restricted_page_keys(visitor)))
    return Q("bool", filter=[Q("term", network=require_network().id), either], must_not=[hidden])


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
