"""What is found, in which order, and who finds it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from dkbm.search.domain.queries.entries import find
from dkbm.search.domain.queries.words import parse
from dkbm.search.facets import TAG
from dkbm.search.text import clean
from dkbm.tenancy import groups
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest, visitor_of
from tests.factories.catalogue import make_entry
from tests.factories.people import make_person


def titles(q: str, **values: Any) -> list[str]:
    found = find(**{"q": q, "visitor": guest(), **values})
    hits = [hit.title for hit in found[0:50]]
    assert len(hits) == found.count()
    return hits


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("Das Haus der Bildung", "Häuser"),
        ("Häuser der Bildung", "Haus"),
        ("Häuser der Bildung", "haeuser"),
        ("Häuser der Bildung", "HÄUSER"),
        ("Haeuser der Bildung", "Häuser"),
        ("Angebote für Flüchtlinge", "Flüchtling"),
        ("Ein Flüchtling berichtet", "Flüchtlinge"),
        ("Angebote für Flüchtlinge", "fluechtling"),
        ("Berufsmesse für Mädchen", "Maedchen"),
        ("Berufsmesse fuer Maedchen", "Mädchen"),
        ("Straße der Bildung", "strasse"),
        ("Café der Kulturen", "cafe"),
        ("Bildungsbericht und Befragung", "Bildungsb"),
        ("Bildungsbüro im Landkreis", "bildungsbue"),
        ("Zusammenarbeit von Kita und Schule", "Schule Kita"),
        ("Zusammenarbeit von Kita und Schule", "die Kita und der"),
        ("Programm „Lernen vor Ort“", '"Lernen vor Ort"'),
        ("Konzept Kita-Grundschule", "kita-grundschule"),
        ("Frage & Zebra: a < b", "zebra <b> & | ! :* ' ("),
        ("Programm „Lernen vor Ort“", "„Lernen vor Ort“"),
        ("Schüler:innen-Befragung", "schülerinnen befragung"),
        ("Krabbelgruppe/Zwergschule", "Zwergschule"),
        ("Krabbelgruppe/Zwergschule", "krabbelgruppe/zwergschule"),
        ("Bildungs\u00adberichterstattung", "Bildungsberichterstattung"),
        ("Bildungsberichterstattung", "Bildungs\u00adberichterstattung"),
        ("Null\u200bbreite", "Nullbreite"),
        ("Richt\u2066ung", "Richtung"),
        ("Ver\u2063bunden", "Verbunden"),
        ("Schulplanung und -entwicklung", "Schulplanung und -entwicklung"),
        ("Schul- und Sportentwicklung", "Schul- und Sportentwicklung"),
        ("Schulplanung, -entwicklung", "Schulplanung, -entwicklung"),
        ("Das Xylofonklavier", "Xylofonkl*"),
        ("Das Xylofonklavier", "Xylofonkl?"),
        ("Das Xylofonklavier im Konzert", "Xylofonkl* Konzert"),
        ("Das Xylofonklavier im Konzert", "xylofonkl? konzert"),
        ("Das Xylofonklavier", "Xy*"),
        ("Das Xylofonklavier", "Xylo*klavier"),
        ("Mutter-Xylofonklavier", "mutter-xylofon* mutter"),
        ("Für Quasselfreund/innen", "Quasselfreundinnen"),
        ("Für Quasselfreund/-innen", "Quasselfreundinnen"),
        ("Für Quasselfreund(innen)", "Quasselfreundinnen"),
        ("Für Quasselfreund·innen", "Quasselfreundinnen"),
        ("Für Quasselfreundinnen", "Quasselfreund/-innen"),
        ("Für Quasselfreund/innen", "Quasselfreund/innen"),
        ("Xylofon\u2010\nklavier", "Xylofonklavier"),
        ("Xylofon\u00ad\nklavier", "Xylofonklavier"),
        ("Schulplanung und/oder -entwicklung", "Schulplanung und/oder -entwicklung"),
        ("Schulplanung bzw -entwicklung", "Schulplanung bzw -entwicklung"),
        ("Schulplanung + -entwicklung", "Schulplanung + -entwicklung"),
        ("Schulplanung statt\u00a0-entwicklung", "Schulplanung statt\u00a0-entwicklung"),
        ("Quasselfreund*innen", "Quasselfreund*innen"),
        ("Quasselfreund*innen", "Quasselfreundinnen"),
        ("Quasselfreund_innen", "quasselfreundinnen"),
        ("Quasselfreundinnen", "Quasselfreund*innen"),
        ("Die Erzieher*in von morgen", "Erzieherin"),
        ("Lesen 10-15 Uhr", "15"),
        ("Bericht 2025/26", "2025/26"),
        ("Bericht 2025/26", "26"),
        ("Bitte an anna@kita.example schreiben", "anna@kita.example"),
        ("Bitte an anna@kita.example schreiben", "kita.example"),
        ("Siehe www.kita.example/_pdf_/plan.pdf", "plan.pdf"),
        ("Datei plan_neu_2026.docx", "neu 2026"),
        ("Kita-Grundschule", "Kita-Grunds"),
        ("Jugendhilfe,Schule", "Schule"),
        ("Kosten: 3,5 %", "3,5"),
    ],
)
def test_text_is_found(in_niedersachsen: BoundNetwork, text: str, q: str) -> None:
    make_entry(text)
    make_entry("Etwas ganz anderes")
    assert titles(q)[0] == clean(text)
    assert "Etwas ganz anderes" not in titles(q)


@pytest.mark.parametrize(
    ("text", "q"),
    [
        ("Ort des Lernens", '"Lernen vor Ort"'),
        ("Kita und Schule", "Kita -Schule"),
        ("Häuser der Bildung", "Bildung -haeuser"),
        ("Alles", ""),
        ("Alles", "und der die"),
        ("Alles", "-Schule"),
        ("Alles", '"'),
        ("Alles", "\x00"),
        ("Alles", "% _ * ?"),
        ("Alles", "„“"),
        ("Kita und Schule", "Kita - -Schule"),
        ("Kita-Schule", "Bildung -Kita-Schule"),
    ],
)
def test_text_is_not_found(in_niedersachsen: BoundNetwork, text: str, q: str) -> None:
    make_entry(text)
    assert titles(q) == []


def test_labels_and_body_are_found_after_titles(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Im Text", body="Es geht um Ganztag.")
    make_entry("Im Etikett", facets={TAG: [("ganztag", "Ganztag und Ferien")]})
    make_entry("Ganztag im Titel")
    assert titles("ganztag") == ["Ganztag im Titel", "Im Etikett", "Im Text"]


def test_whole_words_come_before_beginnings_and_dates_order_on_demand(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Bildungsbericht", date=datetime.date(2026, 3, 1))
    make_entry("Bildung", date=datetime.date(2024, 3, 1))
    make_entry("Bildungsbüro")
    assert titles("bildung")[0] == "Bildung"
    assert titles("bildung", newest_first=True) == ["Bildungsbericht", "Bildung", "Bildungsbüro"]


def test_types_are_counted_and_filter(in_niedersachsen: BoundNetwork) -> None:
    make_entry("Kita eins")
    make_entry("Kita zwei")
    make_entry("Kita drei", type="page")
    found = find(q="kita", visitor=guest(), type="page")
    assert (found.count(), found.counts) == (1, {"topic": 2, "page": 1})
    with pytest.raises(ValueError, match="unsinn"):
        find(q="kita", visitor=guest(), type="unsinn")


def test_found_words_are_marked_and_everything_else_is_escaped(in_niedersachsen: BoundNetwork) -> None:
    make_entry("<b>Häuser</b>", body="<script>alert('x')</script> In den Häusern & \ue000Räumen\ue001 wird gelernt.")
    (hit,) = find(q="haeuser", visitor=guest())[0:1]
    assert "<mark>Häusern</mark> &amp;" in hit.snippet
    assert "Räumen" in hit.snippet
    assert hit.snippet.count("<mark>") == 1
    assert "<script" not in hit.snippet
    assert hit.title_marked == "&lt;b&gt;<mark>Häuser</mark>&lt;/b&gt;"
    make_entry("Reihe", body="Das Programm „Lernen vor Ort“ – so heißt es.")
    (hit,) = find(q='"lernen vor ort"', visitor=guest())[0:1]
    assert hit.snippet == "Das Programm „<mark>Lernen</mark> vor <mark>Ort</mark>“ – so heißt es."


def test_guest_member_and_manager_see_more_and_more(
    in_niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title, values in {
        "Kita offen": {"visibility": "public"},
        "Kita für Mitglieder": {"visibility": "members"},
        "Kita in Gruppe 7": {"visibility": "group", "group_id": 7},
        "Kita in Gruppe 8": {"visibility": "group", "group_id": 8},
    }.items():
        make_entry(title, **values)
    monkeypatch.setattr(groups, "_sources", [replace(groups._sources[0], readable=lambda visitor: {7})])
    expected = {
        None: ["Kita offen"],
        "requested": ["Kita offen"],
        "left": ["Kita offen"],
        "active": ["Kita für Mitglieder", "Kita in Gruppe 7", "Kita offen"],
        "editor": ["Kita für Mitglieder", "Kita in Gruppe 7", "Kita offen"],
        "manager": ["Kita für Mitglieder", "Kita in Gruppe 7", "Kita in Gruppe 8", "Kita offen"],
    }
    for who, wanted in expected.items():
        visitor = guest()
        if who:
            roles = (who,) if who in {"editor", "manager"} else ()
            person = make_person(state=who if not roles else "active", roles=roles)
            visitor = visitor_of(person)
        found = find(q="Kita", visitor=visitor)
        assert sorted(hit.title for hit in found[0:50]) == wanted, who
        assert found.counts == {"topic": len(wanted)}


def test_nothing_of_another_network_is_found(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_entry("BSEC Kita")
    with bind(niedersachsen):
        assert titles("Kita") == []
        assert titles("BSEC") == []


@pytest.mark.parametrize(
    ("q", "word"),
    [
        ("haeuser", "Häusern"),
        ("Haus", "Häuser"),
        ("Häuser", "Haus"),
        ("Mädchen", "Maedchen"),
        ("strasse", "Straße"),
        ("bildungsbue", "Bildungsbüro"),
        ("Verwaltungen", "Verwaltung"),
        ("text Kooperationsvereinbarungen", "Kooperationsvereinbarung"),
        ('"Haus der Kulturen"', "Kulturen"),
        ("u.a. Café", "Café"),
    ],
)
def test_snippet_shows_the_word_however_deep_it_stands(in_niedersachsen: BoundNetwork, q: str, word: str) -> None:
    filling = "Dieser Text handelt von anderem. " * 1500
    make_entry("Etwas", body=f"{filling}Haus der Kulturen, u.a. hier: {word} steht hier. {filling}")
    (hit,) = find(q=q, visitor=guest())[0:1]
    assert f"<mark>{word}</mark>" in hit.snippet


def test_long_searches_are_cut() -> None:
    assert len(parse("wort " * 5000)) == 20
    assert parse("x" * 5000)[0].text == "x" * 200
