"""The columns of the spreadsheet with which an agency begins that has only a list of its examples."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """``field``: of the entry. ``choice``: name of the list whose names or slugs may stand in it. ``many``: several,
    parted by semicolons or lines.
    """

    heading: str
    field: str
    help: str
    width: int = 24
    choice: str = ""
    many: bool = False
    number: bool = False


COLUMNS = (
    Column("Titel", "title", "Pflicht. Höchstens 200 Zeichen."),
    Column("Kürzel", "slug", "Letzter Teil der Adresse. Leer: aus dem Titel."),
    Column("Kommune", "municipality", "Wie im Blatt „Listen“.", choice="municipalities"),
    Column("Weitere Kommunen", "further_municipalities", "Mehrere mit Semikolon.", choice="municipalities", many=True),
    Column("Art", "kind", "Pflicht. Strukturmodell, Angebot oder Instrument.", choice="kinds"),
    Column("Eckpunkte", "eckpunkte", "Pflicht. Nummern mit Semikolon, der wichtigste zuerst.", many=True, number=True),
    Column("Schlagwörter", "topics", "Mehrere mit Semikolon.", choice="topics", many=True),
    Column("Bildungsphasen", "phases", "Mehrere mit Semikolon.", choice="phases", many=True),
    Column("Programme", "programmes", "Mehrere mit Semikolon.", choice="programmes", many=True),
    Column("Zusammenfassung", "summary", "Pflicht. Zwei bis drei Sätze.", width=50),
    Column("Initiierung", "initiierung", "Ein Absatz in jeder Zeile der Zelle.", width=50),
    Column("Meilensteine", "meilensteine", "Ein Absatz in jeder Zeile der Zelle.", width=50),
    Column("Etablierung", "etablierung", "Ein Absatz in jeder Zeile der Zelle.", width=50),
    Column("Was es braucht", "resources", "Personal, Geld, Daten, Beschluss.", width=40),
    Column("Was zum Gelingen beiträgt", "success_factors", "Mehrere mit Semikolon.", width=40, many=True),
    Column("Hinweise für andere Kommunen", "transfer_notes", "", width=40),
    Column("Ansprechperson: Funktion", "contact.function", "Die Funktion, kein Name."),
    Column("Ansprechperson: Stelle", "contact.unit", "Zum Beispiel das Bildungsbüro."),
    Column("Ansprechperson: Telefon", "contact.phone", "Sehen nur Mitglieder."),
    Column("Ansprechperson: E-Mail", "contact.mail", "Sehen nur Mitglieder."),
    Column("Internetseiten", "links", "Mehrere mit Semikolon.", many=True),
    Column("Quelle", "source", ""),
    Column("Jahr der Quelle", "year", "", width=10, number=True),
    Column("Sichtbar", "visibility", "Pflicht. „für alle“ oder „nur für Mitglieder“.", choice="visibility"),
)
SHEET, LISTS = "Beispiele", "Listen"
HEADINGS = 1
FIRST_ROW = 3
"""Below the headings stands what belongs into each column."""
MOST_ROWS = 2_000
