# ruff: noqa: E501 - the sentences stand in one piece, as people read them
"""The reference data is the one that was handed over, and every fault of a file is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dkbm.demo.domain.demo import DATA
from dkbm.imports.problems import BrokenData
from dkbm.imports.reading import SCHEMAS, read_directory
from dkbm.imports.references import Known, check
from tests.shared_data import SHARED


def faults(directory: Path) -> list[str]:
    """What is wrong with the files of a folder and their references to each other."""
    try:
        files = read_directory(directory)
    except BrokenData as error:
        return [str(problem) for problem in error.problems]
    known = Known()
    known.add(files)
    return [str(problem) for problem in check(files, known)]


def test_own_data_has_no_fault() -> None:
    assert faults(DATA) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_own_data_is_the_reference_data(name: str) -> None:
    original = SHARED / f"{name}.yaml"
    if not original.exists():
        pytest.skip(f"{original} is not here: nothing to compare with")
    assert (DATA / f"{name}.yaml").read_bytes() == original.read_bytes()


def _set(*path: Any, value: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        data[path[-1]] = value

    return change


def _drop(*path: Any) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        for key in path[:-1]:
            data = data[key]
        del data[path[-1]]

    return change


ITEM = ("transfergegenstaende", 0)
ITEM_NAME = "transfergegenstaende.yaml, transfergegenstaende „heidekreis-masterplan-bildung“"
TOPIC_NAME = "forum_topics.yaml, topics „kleinraeumige-daten-unterhalb-der-gemeinde“"

OWN_FAULTS = [
    ("transfergegenstaende", _set(*ITEM, "farbe", value="rot"), f"{ITEM_NAME}: das Feld „farbe“ ist unbekannt"),
    ("transfergegenstaende", _drop(*ITEM, "title"), f"{ITEM_NAME}: das Feld „title“ fehlt"),
    ("transfergegenstaende", _set(*ITEM, "title", value=7), f"{ITEM_NAME}: title: hier muss ein Text stehen"),
    (
        "transfergegenstaende",
        _set(*ITEM, "kind", value="idee"),
        f"{ITEM_NAME}: kind: „idee“ gibt es nicht; erlaubt sind strukturmodell, angebot, instrument",
    ),
    (
        "transfergegenstaende",
        _set(*ITEM, "contact", "telefon", value="1"),
        f"{ITEM_NAME}: contact: das Feld „telefon“ ist unbekannt",
    ),
    ("transfergegenstaende", _set(*ITEM, "eckpunkte", value=[]), f"{ITEM_NAME}: eckpunkte: die Liste ist leer"),
    (
        "transfergegenstaende",
        _set(*ITEM, "slug", value="osnabrueck-strategisches-bildungsmanagement"),
        "transfergegenstaende.yaml: transfergegenstaende: "
        "„osnabrueck-strategisches-bildungsmanagement“ kommt zweimal vor",
    ),
    ("municipalities", _drop("municipalities", 0, "slug"), "municipalities.yaml, municipalities Nr. 1: das Feld „slug“ fehlt"),
    (
        "forum_topics",
        _set("topics", 0, "replies", 1, "date", value="gestern"),
        f"{TOPIC_NAME}: replies, Nr. 2, date: „gestern“ ist kein Tag der Form JJJJ-MM-TT",
    ),
    (
        "forum_topics",
        _set("topics", 0, "author", value="Maria"),
        f"{TOPIC_NAME}: author: „Maria“ hat nicht die Form Funktion@Kommune",
    ),
    (
        "forum_topics",
        _set("topics", 0, "post", value="x" * 20_001),
        f"{TOPIC_NAME}: post: der Text ist länger als 20000 Zeichen",
    ),
    (
        "events",
        _drop("events", 3, "date"),
        "events.yaml, events „konzeptgruppe-2016-11-30“: genau eines von „date“ und „period“ muss angegeben sein",
    ),
    (
        "eckpunkte",
        _set("eckpunkte", 1, "number", value="zwei"),
        "eckpunkte.yaml, eckpunkte „bildung-als-zentrale-aufgabe“: number: hier muss eine ganze Zahl stehen",
    ),
    ("networks", _set("networks", 0, "slug", value="Bay ern"), "networks.yaml, networks „Bay ern“: slug: "
     "„Bay ern“ ist kein Kürzel (Kleinbuchstaben, Ziffern, einzelne Bindestriche)"),
    ("publications", _set("zugabe", value=1), "publications.yaml: das Feld „zugabe“ ist unbekannt"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "expected"), OWN_FAULTS)
def test_fault_of_a_file_names_file_entry_and_reason(
    name: str, change: Callable[[Any], None], expected: str, files: Callable[..., Path]
) -> None:
    assert [str(problem) for problem in read_directory(files(**{name: change})).problems] == [expected]


WRONG_REFERENCES = [
    ("transfergegenstaende", (*ITEM, "municipality"), "stadt-atlantis", f"{ITEM_NAME}: die Kommune „stadt-atlantis“ gibt es nicht"),
    ("transfergegenstaende", (*ITEM, "network"), "mond", f"{ITEM_NAME}: das Netzwerk „mond“ gibt es nicht"),
    ("transfergegenstaende", (*ITEM, "topics", 0), "yoga", f"{ITEM_NAME}: das Schlagwort „yoga“ gibt es nicht"),
    ("transfergegenstaende", (*ITEM, "phases", 0), "jenseits", f"{ITEM_NAME}: die Phase „jenseits“ gibt es nicht"),
    ("transfergegenstaende", (*ITEM, "programmes", 0), "lotto", f"{ITEM_NAME}: das Programm „lotto“ gibt es nicht"),
    ("transfergegenstaende", (*ITEM, "eckpunkte", 0), 9, f"{ITEM_NAME}: den Eckpunkt „9“ gibt es nicht"),
    ("eckpunkte", ("eckpunkte", 0, "example"), "nichts", "eckpunkte.yaml, eckpunkte „datenbasierte-bildungsstrategie“: den Transfergegenstand „nichts“ gibt es nicht"),
    ("workgroups", ("subgroups", 0, "workgroup"), "ag9", "workgroups.yaml, subgroups „uag-kleinraeumige-daten“: in dieser Datei die Arbeitsgruppe „ag9“ gibt es nicht"),
    ("workgroups", ("subgroups", 0, "founder"), "koko@stadt-atlantis", "workgroups.yaml, subgroups „uag-kleinraeumige-daten“: die Kommune „stadt-atlantis“ gibt es nicht"),
    ("forum_topics", ("topics", 0, "workgroup"), "ag9", f"{TOPIC_NAME}: im Netzwerk „niedersachsen“ die Gruppe „ag9“ gibt es nicht"),
    ("forum_topics", ("topics", 0, "author"), "zauberei@landkreis-stade", f"{TOPIC_NAME}: die Funktion „zauberei“ gibt es nicht"),
    ("forum_topics", ("topics", 0, "solved"), False, f"{TOPIC_NAME}: genau eine Antwort trägt „accepted: true“, wenn „solved“ wahr ist, sonst keine"),
    ("events", ("events", 1, "municipality"), "stadt-atlantis", "events.yaml, events „kiel-bildungskonferenz-3“: die Kommune „stadt-atlantis“ gibt es nicht"),
    ("publications", ("publications", 3, "items", 0), "nichts", "publications.yaml, publications „blickpunkt-2016“: den Transfergegenstand „nichts“ gibt es nicht"),
    ("glossary", ("terms", 0, "see_also", 0), "nichts", "glossary.yaml, terms „abgeordnete-lehrkraft“: in dieser Datei den Begriff „nichts“ gibt es nicht"),
    ("municipalities", ("municipalities", 0, "network"), "mond", "municipalities.yaml, municipalities „stadt-braunschweig“: das Netzwerk „mond“ gibt es nicht"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "path", "value", "expected"), WRONG_REFERENCES)
def test_reference_that_leads_nowhere_names_file_entry_and_reason(
    name: str, path: tuple[Any, ...], value: Any, expected: str, files: Callable[..., Path]
) -> None:
    folder = files(**{**dict.fromkeys(SCHEMAS), name: _set(*path, value=value)})
    assert faults(folder) == [expected]


def test_faults_of_all_files_are_named_at_once(files: Callable[..., Path]) -> None:
    changes = {"networks": _drop("networks", 0, "name"), "events": _drop("events", 0, "kind")}
    changes["publications"] = _set("publications", 3, "items", 0, value="nichts")
    assert faults(files(**{**dict.fromkeys(SCHEMAS), **changes})) == [
        "networks.yaml, networks „bayern“: das Feld „name“ fehlt",
        "events.yaml, events „lernen-vor-ort-jahreskonferenz-2011“: das Feld „kind“ fehlt",
        "publications.yaml, publications „blickpunkt-2016“: den Transfergegenstand „nichts“ gibt es nicht",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"networks:\n  - slug: a\n   name: b\n", "networks.yaml: Zeile 3, Spalte 4: kein gültiges YAML (did not find expected '-' indicator)"),
        (b"networks: []\nnetworks: []\n", "networks.yaml: Zeile 2, Spalte 1: kein gültiges YAML („networks“ steht zweimal)"),
        (b"", "networks.yaml: die Datei ist leer oder hält keine Schlüssel und Werte"),
        (b"\xff\xfe\x00", "networks.yaml: die Datei ist kein Text in UTF-8"),
    ],
)  # fmt: skip
def test_file_that_is_no_yaml_is_named_with_the_place(content: bytes, expected: str, tmp_path: Path) -> None:
    (tmp_path / "networks.yaml").write_bytes(content)
    assert faults(tmp_path) == [expected]


def test_folder_without_reference_data_is_refused(tmp_path: Path) -> None:
    assert "der Ordner hält keine der Dateien networks.yaml" in faults(tmp_path)[0]
    assert faults(tmp_path / "fehlt") == [f"{tmp_path / 'fehlt'}: den Ordner gibt es nicht"]
