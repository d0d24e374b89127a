"""What the search server holds of an entry, and how it takes German apart."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from elasticsearch_dsl import Date as DateField
from elasticsearch_dsl import Document, Keyword, Long, Text, analyzer, token_filter
from elasticsearch_dsl.document_base import MetaField

from dkbm.search.compounds import parts
from dkbm.search.domain.vocabulary import found_by, labels_of
from dkbm.search.models import SearchEntry
from dkbm.search.text import only_words, spelt_out

SEPARATOR = "\x1f"
"""Between a facet and its value; no stored text holds it."""
# How rare a word is must not count here: that would tell of texts that the reader may not see, and of other networks.
OFTEN = (
    "double much = doc.freq / (doc.freq + 1.5) / (1 + 0.1 * Math.log(1 + doc.length / 50));"
    " return query.boost * (0.5 + 0.5 * Math.min(1, 1.5 * much));"
)
"""That it is there, and up to as much again for how often in how long a text."""
THERE = "return query.boost * (1 + 0.2 / Math.max(1, doc.length));"
"""That it is there, a little more in a short one."""
SIMILARITIES = {
    name: {"type": "scripted", "script": {"source": source}} for name, source in (("often", OFTEN), ("there", THERE))
}
_plain = ("lowercase", "german_normalization", "asciifolding")
_stems = token_filter("light_stems", type="stemmer", language="light_german")
words_analyzer = analyzer("german_words", tokenizer="whitespace", filter=[*_plain, _stems])
beginnings_analyzer = analyzer("beginnings", tokenizer="whitespace", filter=list(_plain))
"""Of what is typed only: the beginning of a word is no word that has a stem."""


def _words(similarity: str) -> Any:
    return Text(analyzer=words_analyzer, similarity=similarity)


class EntryDocument(Document):
    """Texts are searched, never read back: of a document the server keeps ``pk`` and ``digest`` alone.

    ``text`` holds all that the entry is found by, the others what counts more when hits are put in order. ``…_parts``:
    of what long words are made.
    """

    network = Long()
    kind = Keyword()
    key = Keyword()
    thing = Keyword(doc_values=False)
    pk = Long()
    visibility = Keyword()
    group = Long()
    date = DateField()
    title = _words("there")
    labels = _words("boolean")
    title_parts = _words("boolean")
    labels_parts = _words("boolean")
    text = _words("often")
    whole_title = Keyword(ignore_above=8000, doc_values=False)
    order = Keyword(ignore_above=300)
    values = Keyword(doc_values=False)
    shown_values = Keyword(index=False)
    digest = Keyword(index=False, doc_values=False)

    class Index:
        settings = {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "similarity": SIMILARITIES,
        }
        analyzers = (beginnings_analyzer,)

    class Meta:
        dynamic = MetaField("strict")
        source = MetaField(includes=["pk", "digest"])


def document_id(network: int, key: str) -> str:
    return f"{network}:{key}"


def value_of(facet: str, key: str) -> str:
    return f"{facet}{SEPARATOR}{key}"


def shown_value(value: dict[str, Any]) -> str:
    """What is counted: facet first, so that one facet's values can be told by their beginning."""
    return SEPARATOR.join((value["facet"], value["key"], str(value["order"]), value["label"]))


def value_from(shown: str) -> dict[str, Any]:
    facet, key, order, label = shown.split(SEPARATOR, 3)
    return {"facet": facet, "key": key, "order": int(order), "label": label}


def document_of(row: SearchEntry) -> dict[str, Any]:
    """The fields of :class:`EntryDocument`. A further section is found by its own text alone."""
    facets = row.facets or []
    heading = ("", "") if row.continues else (row.title, labels_of(facets))
    title, labels = map(found_by, heading)
    title_parts, labels_parts = map(parts_of, (title, labels))
    text = found_by(f"{row.body} {row.unshown}")
    fields = {
        "network": row.network_id,
        "kind": row.type,
        "key": row.key,
        "thing": row.key.partition("/")[0],
        "pk": row.pk,
        "visibility": row.visibility,
        "group": row.group_id,
        "date": row.date.isoformat() if row.date else None,
        "title": title,
        "labels": labels,
        "title_parts": title_parts,
        "labels_parts": labels_parts,
        "text": [title, labels, text, parts_of(text), title_parts, labels_parts],
        "whole_title": " ".join(only_words(spelt_out(heading[0])).split()),
        "order": row.title[:100],
        "values": [value_of(value["facet"], value["key"]) for value in facets],
        "shown_values": [shown_value(value) for value in facets],
    }
    return {**fields, "digest": digest_of(fields)}


def digest_of(fields: dict[str, Any]) -> str:
    """Stands for the whole document when index and rows are compared."""
    return blake2b(json.dumps(fields, sort_keys=True).encode(), digest_size=12).hexdigest()


def parts_of(text: str) -> str:
    """Of what the long words are made; ``text`` is spelt as :func:`found_by` leaves it."""
    return " ".join(dict.fromkeys(part for word in spelt_out(text).split() for part in parts(word)))
