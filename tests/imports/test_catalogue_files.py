"""The catalogue as a file: read with every fault and its line, written, read back, begun as a spreadsheet."""

from __future__ import annotations

import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from dkbm.cms.models import NetworkTag
from dkbm.imports.domain.columns import COLUMNS, FIRST_ROW, LISTS, SHEET
from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.domain.saving import Contact
from goodpractice.models import ContactPerson, Transfergegenstand
from tests.factories.catalogue import load_vocabulary, make_item

FAULTY = """\
transfergegenstaende:
  - slug: haus
    title: Haus der Bildung
    kind: angebot
    eckpunkte: [1, 9]
    topics: [yoga]
    municipality: stadt-atlantis
    summary: Kurz.
    visibility: bundesweit
  - slug: lotse
    title: Lotse
    kind: idee
    eckpunkte: [1]
    summary: Kurz.
    visibility: bundesweit
    contact: {unit: Büro}
  - slug: haus
    title: Noch ein Haus
    kind: angebot
    eckpunkte: [1]
    summary: Kurz.
    visibility: bundesweit
"""


@pytest.fixture(autouse=True)
def vocabulary(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    load_vocabulary()


def run(command: str, path: Path, network: str) -> str:
    said = StringIO()
    call_command(command, path, network=network, stdout=said)
    return said.getvalue()


def faults(path: Path) -> list[str]:
    with pytest.raises(CommandError) as raised:
        run("import_catalogue", path, "niedersachsen")
    head, *lines = str(raised.value).splitlines()
    assert head == "Nichts wurde geladen. " + (f"{len(lines)} Fehler:" if len(lines) > 1 else "Ein Fehler:")
    return [line.strip() for line in lines]


def test_every_fault_is_named_at_once_with_entry_and_line(tmp_path: Path) -> None:
    path = tmp_path / "liste.yaml"
    path.write_text(FAULTY, encoding="utf-8")
    haus, lotse = "transfergegenstaende „haus“", "transfergegenstaende „lotse“"
    assert faults(path) == [
        f"liste.yaml, Zeile 2, {haus}: die Kommune „stadt-atlantis“ gibt es nicht",
        f"liste.yaml, Zeile 2, {haus}: den Eckpunkt „9“ gibt es nicht",
        f"liste.yaml, Zeile 2, {haus}: das Schlagwort „yoga“ gibt es nicht",
        f"liste.yaml, Zeile 10, {lotse}: kind: „idee“ gibt es nicht; erlaubt sind strukturmodell, angebot, instrument",
        f"liste.yaml, Zeile 10, {lotse}: contact: das Feld „function“ fehlt",
        f"liste.yaml, Zeile 17, {haus}: kommt zweimal vor, zuerst in Zeile 2",
    ]


def row_of(slug: str) -> dict[str, Any]:
    item = Transfergegenstand.objects.select_related("page").get(slug=slug)
    page = item.page
    assert page is not None
    names = ("title", "kind", "visibility", "state", "municipality_id", "source", "year", "links", "checked_on")
    texts = ("summary", "initiierung", "meilensteine", "etablierung", "resources", "success_factors", "transfer_notes")
    contacts = ContactPerson.objects.filter(item=item).order_by("sort_order")
    return {
        **{name: getattr(item, name) for name in names},
        **{name: getattr(page, name) for name in texts},
        "figures": [dict(block.value) for block in page.figures],
        "eckpunkte": [link.eckpunkt.number for link in item.eckpunkt_links.all()],
        **{name: sorted(row.slug for row in getattr(item, name).all()) for name in ("topics", "phases", "programmes")},
        "contacts": [{name: getattr(row, name) for name in Contact.__dataclass_fields__} for row in contacts],
    }


def test_an_exported_catalogue_is_read_back_to_the_same_rows(
    tmp_path: Path, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    contacts = [
        Contact(
            "Leitung", unit="Büro", name="Ada Beispiel", phone="04231 1", mail="a@example.org", contact_public=True
        ),
        Contact("Monitoring", web="https://www.verden.de", confirmed_on=datetime.date(2026, 3, 1)),
    ]
    with bind(niedersachsen):
        make_item("haus", contacts=contacts, state="archived", checked_on=datetime.date(2026, 1, 31), links=["x.de"])
        make_item("leer", title="Ohne Ansprechperson: „Titel“ #1", contacts=[])
        rows = {slug: row_of(slug) for slug in ("haus", "leer")}
    first, second = tmp_path / "erste.yaml", tmp_path / "zweite.yaml"
    assert run("export_catalogue", first, "niedersachsen") == "niedersachsen: 2 Transfergegenstände\n"
    assert run("import_catalogue", first, "bayern") == "bayern: 2 Transfergegenstände\n"
    with bind(bayern):
        assert {slug: row_of(slug) for slug in rows} == rows
    run("export_catalogue", second, "bayern")
    assert second.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_marks_that_a_file_cannot_hold_are_said(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        page = make_item("haus").page
        assert page is not None
        page.meilensteine = "<p>Zuerst <b>das</b> Leitbild &amp; dann</p><ul><li>eins</li><li>zwei</li></ul>"
        page.save_revision().publish()
    path = tmp_path / "liste.yaml"
    assert run("export_catalogue", path, "niedersachsen").endswith("in der Datei keinen Platz haben: haus\n")
    text = path.read_text(encoding="utf-8")
    assert "  meilensteine: |-\n    Zuerst das Leitbild & dann\n    eins\n    zwei\n" in text


def test_unknown_networks_are_refused(tmp_path: Path) -> None:
    for command, name in (("export_catalogue", "a.yaml"), ("catalogue_template", "a.xlsx")):
        with pytest.raises(CommandError, match="„mond“ gibt es nicht"):
            run(command, tmp_path / name, "mond")


def filled(path: Path, *rows: dict[str, Any]) -> Path:
    run("catalogue_template", path, "niedersachsen")
    book = load_workbook(path)
    sheet = book[SHEET]
    places = {column.heading: number for number, column in enumerate(COLUMNS, 1)}
    for line, row in enumerate(rows, FIRST_ROW):
        for heading, value in row.items():
            sheet.cell(line, places[heading], value)
    book.save(path)
    return path


ROW = {
    "Titel": "Bildungsbüro für alle",
    "Kommune": "Landkreis Verden",
    "Weitere Kommunen": "stadt emden",
    "Art": "Angebot",
    "Eckpunkte": "2; 1",
    "Schlagwörter": "Ganztag und Ferienangebote;inklusion",
    "Bildungsphasen": "Frühe Kindheit",
    "Zusammenfassung": "Ein Haus für alle.",
    "Initiierung": "Zuerst.\nDann.",
    "Was zum Gelingen beiträgt": "Geduld\nGeld",
    "Ansprechperson: Funktion": "Leitung",
    "Jahr der Quelle": 2024,
    "Sichtbar": "nur für Mitglieder",
}


def test_a_filled_in_spreadsheet_is_read(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    path = filled(tmp_path / "liste.xlsx", ROW)
    assert run("import_catalogue", path, "niedersachsen") == "niedersachsen: 1 Transfergegenstände\n"
    with bind(niedersachsen):
        row = row_of("bildungsbuero-fuer-alle")
        item = Transfergegenstand.objects.get()
        assert [each.slug for each in item.further_municipalities.all()] == ["stadt-emden"]
    assert (row["kind"], row["visibility"], row["year"], row["eckpunkte"]) == ("angebot", "members", 2024, [2, 1])
    assert (row["topics"], row["phases"]) == (["ganztag", "inklusion"], ["kita"])
    assert (row["initiierung"], row["success_factors"]) == ("<p>Zuerst.</p><p>Dann.</p>", "Geduld\nGeld")
    assert [contact["function"] for contact in row["contacts"]] == ["Leitung"]


def test_faults_of_a_spreadsheet_are_named_with_their_lines(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    wrong = {"Titel": "Lotse", "Art": "Idee", "Eckpunkte": "drei", "Zusammenfassung": "Kurz.", "Sichtbar": "für alle"}
    path = filled(tmp_path / "liste.xlsx", {**ROW, "Kommune": "Atlantis", "Schlagwörter": "Yoga"}, wrong, ROW)
    haus, lotse = "transfergegenstaende „bildungsbuero-fuer-alle“", "transfergegenstaende „lotse“"
    assert faults(path) == [
        f"liste.xlsx, Zeile 3, {haus}: die Kommune „atlantis“ gibt es nicht",
        f"liste.xlsx, Zeile 3, {haus}: das Schlagwort „yoga“ gibt es nicht",
        f"liste.xlsx, Zeile 4, {lotse}: kind: „idee“ gibt es nicht; erlaubt sind strukturmodell, angebot, instrument",
        f"liste.xlsx, Zeile 4, {lotse}: eckpunkte, Nr. 1: hier muss eine ganze Zahl stehen",
        f"liste.xlsx, Zeile 5, {haus}: kommt zweimal vor, zuerst in Zeile 3",
    ]
    with bind(niedersachsen):
        assert not Transfergegenstand.objects.exists()


def test_what_is_no_such_spreadsheet_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "kaputt.xlsx"
    broken.write_bytes(b"PK\x03\x04 nichts")
    other = filled(tmp_path / "andere.xlsx", ROW)
    book = load_workbook(other)
    book[SHEET].cell(1, 1, "Überschrift")
    book.save(other)
    for path, sentence in ((broken, "keine Tabelle im Format XLSX"), (other, "kennt die Vorlage nicht: „Überschrift“")):
        with pytest.raises(CommandError, match=sentence):
            run("import_catalogue", path, "niedersachsen")


def test_more_rows_than_are_read_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(tmp_path / "liste.xlsx", ROW, ROW)
    monkeypatch.setattr("dkbm.imports.domain.sheets.MOST_ROWS", 1)
    assert faults(path) == ["liste.xlsx: mehr als 1 Zeilen; bitte teilen Sie die Tabelle"]


def test_the_template_offers_the_networks_own_words(tmp_path: Path, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        NetworkTag.objects.create(name="=1+1", slug="formel")
    path = filled(tmp_path / "liste.xlsx")
    book = load_workbook(path)
    assert [cell.value for cell in book[SHEET][1]] == [column.heading for column in COLUMNS]
    kinds = [cell.value for cell in book[LISTS]["B"] if cell.value]
    assert kinds == ["Art", "Angebot", "Instrument", "Strukturmodell"]
    words = {cell.value: cell.data_type for cell in book[LISTS]["C"]}
    assert words["=1+1"] == "s"
    assert len(book[SHEET].data_validations.dataValidation) == 3
    assert run("import_catalogue", path, "niedersachsen") == "niedersachsen: 0 Transfergegenstände\n"
