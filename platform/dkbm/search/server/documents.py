"""What the search server holds of an entry, and how it takes German apart."""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from elasticsearch_dsl import Date as DateField
from elasticsearch_dsl import Document, Keyword, Long, Text, analyzer, token_filter
from elasticsearch_dsl.document_base import MetaField

from dkbm.search.models import SearchEntry
from dkbm.search.text import joined_words, only_words, spelt_out

STOPWORDS = Path(__file__).parents[1] / "data" / "stopwords.txt"
SEPARATOR = "\x1f"
"""Between a facet and its value; no stored text holds it."""
LONGEST_WORD = 255
EVEN = {
    "type": "scripted",
    # How rare a word is must not count: that would tell of texts that the reader may not see, and of other networks.
    "script": {
        "source": "double often = doc.freq / (doc.freq + 0.6);"
        " return query.boost * often / (1 + 0.05 * Math.log(1 + doc.length));"
    },
}


@cache
def stopwords() -> frozenset[str]:
    """Words that say nothing, however their umlauts are written."""
    words = [line for line in STOPWORDS.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]
    return frozenset([*words, *map(spelt_out, words)])


_silent = token_filter("silent_words", type="stop", stopwords=sorted(stopwords()))
_stemmed = token_filter("light_stems", type="stemmer", language="light_german")
_plain = ("lowercase", "german_normalization", "asciifolding")
words_analyzer = analyzer(
    "german_words",
    tokenizer="whitespace",
    filter=["lowercase", _silent, "german_normalization", "asciifolding", _stemmed],
)
beginnings_analyzer = analyzer("beginnings", tokenizer="whitespace", filter=list(_plain))
"""Of what is typed only: the beginning of a word is no word that has a stem."""


def _words(**options: Any) -> Any:
    return Text(analyzer=words_analyzer, similarity="even", **options)


class EntryDocument(Document):  # type: ignore[misc]
    """Texts are searched, never read back: of a document the server keeps ``pk`` and ``digest`` alone."""

    network = Long()
    kind = Keyword()
    key = Keyword()
    pk = Long()
    visibility = Keyword()
    group = Long()
    date = DateField()
    title = _words()
    labels = _words()
    text = _words()
    whole_title = Keyword(ignore_above=8000, doc_values=False)
    order = Keyword(ignore_above=300)
    values = Keyword(doc_values=False)
    shown_values = Keyword(index=False)
    digest = Keyword(index=False, doc_values=False)

    class Index:
        settings = {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "similarity": {"even": EVEN},
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
    fields = {
        "network": row.network_id,
        "kind": row.type,
        "key": row.key,
        "pk": row.pk,
        "visibility": row.visibility,
        "group": row.group_id,
        "date": row.date.isoformat() if row.date else None,
        "title": "" if row.continues else indexed(row.title),
        "labels": "" if row.continues else indexed(", ".join(value["label"] for value in facets)),
        "text": indexed(f"{row.body} {row.unshown}"),
        "whole_title": "" if row.continues else " ".join(only_words(spelt_out(row.title)).split()),
        "order": row.title[:100],
        "values": [value_of(value["facet"], value["key"]) for value in facets],
        "shown_values": [shown_value(value) for value in facets],
    }
    return {**fields, "digest": digest_of(fields)}


def digest_of(fields: dict[str, Any]) -> str:
    """Stands for the whole document when index and rows are compared."""
    return blake2b(json.dumps(fields, sort_keys=True).encode(), digest_size=12).hexdigest()


def indexed(text: str) -> str:
    """As the text goes into PostgreSQL's index: words alone, and those besides that are made of what stands in it."""
    return only_words(" ".join([text, *joined_words(text)]))
