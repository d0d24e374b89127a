"""What people look for is among the first five results."""

from __future__ import annotations

from tests.search.relevance.conftest import Asked
from tests.search.relevance.measuring import ask, by_class, recall, table
from tests.search.relevance.queries import queries


def test_tuned(asked: Asked) -> None:
    import pickle, os
    from dkbm.search.models import SearchEntry

    if not os.path.exists("/tmp/entries.pkl"):
        pickle.dump(
            (
                list(
                    SearchEntry.objects.defer("document").values(
                        "type",
                        "key",
                        "slug",
                        "title",
                        "body",
                        "url",
                        "visibility",
                        "group_id",
                        "date",
                        "period",
                        "facets",
                        "continues",
                    )
                ),
                asked.logins,
            ),
            __import__("pathlib").Path("/tmp/entries.pkl").open("wb"),
        )
    outcomes = ask(queries(), asked.visitors, asked.logins)
    print("\n" + table(outcomes, "postgres"))
    for o in outcomes:
        if not o.place:
            print("MISS", o.query.kind, o.query.who, repr(o.query.q), o.query.expected, o.shown)
