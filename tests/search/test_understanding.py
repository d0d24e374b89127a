"""What is typed finds what is meant, by the words that the network has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.search import synonyms
from dkbm.search.domain.queries.entries import find
from dkbm.search.domain.queries.understanding import understand
from dkbm.search.domain.vocabulary import recount
from dkbm.search.engines import engine
from dkbm.search.models import SearchEntry, VocabularyWord
from dkbm.search.questions import How
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest
from tests.factories.catalogue import make_entry


def first(q: str, **values: Any) -> str:
    hits = find(**{"q": q, "visitor": guest(), **values})[0:1]
    return hits[0].title if hits else ""


ITEMS = (
    "Waldpädagogik im Stadtforst",
    "Lesepatenschaften zwischen Jung und Alt",
    "Elterncafé im Familienzentrum Nordstadt",
    "Schwimmkurse für Grundschulkinder",
    "Digitalwerkstatt mit 3D-Drucker",
    "Bildungs-Taxi für den ländlichen Raum",
    "Verkehrserziehung auf dem Verkehrsübungsplatz",
    "Gesunde Ernährung in der Schulmensa",
    "Theaterpädagogische Projekttage",
    "Musikschulbus für kleine Dörfer",
    "Hochbegabtenförderung am Gymnasium",
    "Gebärdensprache für Erzieherinnen",
    "Klimaschutzdetektive unterwegs",
    "Rückkehrgespräche nach langer Krankheit",
    "Demenzparcours für Angehörige",
    "Nachtwanderung mit dem Förster",
    "Lernbegleiter für Pflegekinder",
    "Medienscouts an Realschulen",
    "Gründerzentrum und Schülerfirmen",
    "Trauerbegleitung für Jugendliche",
    "Mehrgenerationenhaus Lüneburg",
    "Seepferdchen für alle",
    "Sternwarte als Klassenzimmer",
    "Brotbackofen im Schulgarten",
    "Repaircafé der Volkshochschule",
    "Schulhündin Frieda",
    "Hafenführungen für Berufsschüler",
    "Zirkuswoche in den Herbstferien",
    "Bücherkoffer in vielen Sprachen",
    "Streitschlichterausbildung",
)
"""Nothing of the reference data, so that no list was made for it."""


LOOKED_FOR = (
    ("pädagogik wald", "Waldpädagogik im Stadtforst"),
    ("patenschaft", "Lesepatenschaften zwischen Jung und Alt"),
    ("elterncafe", "Elterncafé im Familienzentrum Nordstadt"),
    ("eltern café", "Elterncafé im Familienzentrum Nordstadt"),
    ("schwimmkurs", "Schwimmkurse für Grundschulkinder"),
    ("schwimmen grundschule", "Schwimmkurse für Grundschulkinder"),
    ("digitalwerkstat", "Digitalwerkstatt mit 3D-Drucker"),
    ("bildungstaxi", "Bildungs-Taxi für den ländlichen Raum"),
    ("Wer hat Erfahrung mit einem Taxi?", "Bildungs-Taxi für den ländlichen Raum"),
    ("verkehrserzihung", "Verkehrserziehung auf dem Verkehrsübungsplatz"),
    ("ernaehrung mensa", "Gesunde Ernährung in der Schulmensa"),
    ("theaterpädagogik", "Theaterpädagogische Projekttage"),
    ("musikschule bus", "Musikschulbus für kleine Dörfer"),
    ("hochbegabung förderung", "Hochbegabtenförderung am Gymnasium"),
    ("gebaerdensprache erzieher", "Gebärdensprache für Erzieherinnen"),
    ("klimaschutz", "Klimaschutzdetektive unterwegs"),
    ("Rückkehrgesprächsleitfaden", "Rückkehrgespräche nach langer Krankheit"),
    ("parcours demenz", "Demenzparcours für Angehörige"),
    ("nachtwandrung", "Nachtwanderung mit dem Förster"),
    ("lernbegleitung pflegekind", "Lernbegleiter für Pflegekinder"),
    ("medien-scouts", "Medienscouts an Realschulen"),
    ("schülerfirma", "Gründerzentrum und Schülerfirmen"),
    ("Gibt es Hilfe für trauernde Jugendliche?", "Trauerbegleitung für Jugendliche"),
    ("Mehrgenerationenhausleitung", "Mehrgenerationenhaus Lüneburg"),
    ("lüneburger mehrgenerationenhäuser", "Mehrgenerationenhaus Lüneburg"),
    ("sternwarten", "Sternwarte als Klassenzimmer"),
    ("backofen", "Brotbackofen im Schulgarten"),
    ("VHS repaircafe", "Repaircafé der Volkshochschule"),
    ("Schulhund", "Schulhündin Frieda"),
    ("hafen berufsschule", "Hafenführungen für Berufsschüler"),
    ("zirkus ferien", "Zirkuswoche in den Herbstferien"),
    ("koffer bücher sprachen", "Bücherkoffer in vielen Sprachen"),
    ("streitschlichter ausbildung", "Streitschlichterausbildung"),
    ("„Seepferdchen für alle“", "Seepferdchen für alle"),
)


def test_the_same_means_find_other_items(in_niedersachsen: BoundNetwork) -> None:
    for title in ITEMS:
        make_entry(title, type="transfergegenstand")
    recount()
    assert {q: first(q) for q, _title in LOOKED_FOR} == dict(LOOKED_FOR)


def test_some_of_the_words_do_where_hardly_anything_holds_all(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Xylofone im Kindergarten")
    make_entry("Quasselstunde")
    found = find(q="xylofone quasselstunde", visitor=guest())
    assert {hit.title for hit in found[0:5]} == {"Xylofone im Kindergarten", "Quasselstunde"}
    assert (found.whole, found.is_partial) == (0, True)
    make_entry("Quasselstunde mit Xylofonen")
    found = find(q="xylofone quasselstunde", visitor=guest())
    assert [hit.title for hit in found[0:1]] == ["Quasselstunde mit Xylofonen"]
    assert (found.count(), found.whole) == (3, 1)
    assert find(q='"quasselstunde xylofone"', visitor=guest()).count() == 0
    assert find(q="xylofone quasselstunde -kindergarten", visitor=guest()).count() == 2


def test_page_says_that_some_of_the_words_had_to_do(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_entry("Xylofone")
        make_entry("Quasselstunde")
    client = client_of(niedersachsen)
    sentence = "Keine Treffer mit allen Wörtern; gezeigt wird, was einige davon enthält."
    assert sentence in client.get("/suche/?q=xylofone+quasselstunde").text
    assert sentence not in client.get("/suche/?q=xylofone").text


def test_word_that_was_mistyped_is_named_as_it_is_written(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_entry("Die Quasselbühne spielt")
    page = client_of(niedersachsen).get("/suche/?q=Quasselb%C3%BCnhe").text
    assert "Meinten Sie" in page
    assert '<a href="?q=Quasselb%C3%BChne">Quasselbühne</a>' in page


def hows(q: str) -> dict[str, set[How]]:
    question = understand(q)
    assert question is not None
    found: dict[str, set[How]] = {}
    for wanted in question.wanted:
        for each in wanted.alternatives:
            found.setdefault(each.word, set()).add(each.how)
    return found


def test_alternatives_say_how_they_came_about(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Quasselstunde der Xylofonspielerinnen")
    recount()
    assert hows("quasselstnde")["quasselstunde"] == {How.TYPO}
    assert hows("quasselstundenplan")["quasselstunden"] == {How.LONGER}
    assert How.SPELT in hows("quassel stunde")["quasselstunde"]
    assert How.SYNONYM in hows("bildung und teilhabe")["but"]
    assert How.BEGINNING in hows("quass*")["quass"]


def test_question_words_and_empty_searches_mean_nothing(in_niedersachsen: BoundNetwork) -> None:
    question = understand("Wer hat eigentlich Erfahrung mit der Quasselstunde in einer Kommune?")
    assert question is not None
    assert [(wanted.typed, wanted.optional) for wanted in question.wanted] == [
        ("quasselstunde", False),
        ("kommune", True),
    ]
    for q in ("", "und der die", "-quasselstunde", '""', "*", "😀", "% _ ?"):
        assert understand(q) is None, q
    for q in ("x" * 10_000, '"offen', "жизнь", "a" * 50 + "*" * 50, "((((", "'; DROP TABLE"):
        assert find(q=q, visitor=guest()).count() == 0, q


def test_vocabulary_is_counted_anew(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Quasselstunde", key="1")
    make_entry("Quasselstunden", key="2")
    word = VocabularyWord.objects.get(word="quasselstunde")
    assert (word.entries, word.within) == (1, 1)
    SearchEntry.objects.filter(key="2").delete()
    make_entry("Die Quasselstunde", key="3")
    recount()
    word = VocabularyWord.objects.get(word="quasselstunde")
    assert (word.entries, word.within) == (2, 2)
    assert not VocabularyWord.objects.filter(word="quasselstunden").exists()
    assert VocabularyWord.objects.get(word="").entries == SearchEntry.objects.count()


def test_apps_say_what_means_the_same(in_niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    make_entry("Zumselberatung")
    assert first("quorxel") == ""
    monkeypatch.setattr(synonyms, "_registered", [lambda: [("Quorxel", "Zumselberatung")]])
    synonyms.synonyms_changed()
    assert first("Quorxel") == "Zumselberatung"
    synonyms.synonyms_changed()


def test_suggestions_begin_like_what_is_typed(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Quasselstunde", body="Zumsel")
    make_entry("Quasselnacht", visibility="members")
    found = SearchEntry.objects.filter(pk__in=[pk for pk, _score in engine().suggestions("quass", guest(), 5)])
    assert [row.title for row in found] == ["Quasselstunde"]
    assert engine().suggestions("zums", guest(), 5) == []
