"""Texts as people paste them, from Word, Excel, mails, PDF files, phones: what becomes of them, and what finds them."""

from __future__ import annotations

from typing import NamedTuple


class Pasted(NamedTuple):
    """``found_by``: searches, each of which finds the text."""

    text: str
    html: str
    mail: str
    found_by: list[str]


REL = 'rel="noopener nofollow ugc"'

PASTED = {
    "Word": [
        Pasted(
            "Liebe Kolleg*innen,\nwer hat mit Schüler*innen Erfahrungen?",
            "<p>Liebe Kolleg*innen,<br>\nwer hat mit Schüler*innen Erfahrungen?</p>\n",
            "Liebe Kolleg*innen, wer hat mit Schüler*innen Erfahrungen?",
            ["Kolleginnen", "Schüler*innen"],
        ),
        Pasted(
            "Die Referent*in spricht über Lehrer*innenfortbildung.",
            "<p>Die Referent*in spricht über Lehrer*innenfortbildung.</p>\n",
            "Die Referent*in spricht über Lehrer*innenfortbildung.",
            ["Referentin", "Lehrerinnenfortbildung"],
        ),
        Pasted(
            "1. Sitzung am\n24. November 2026\n8. Dezember 2026",
            '<ol>\n<li>Sitzung am</li>\n<li value="24">November 2026</li>\n<li value="8">Dezember 2026</li>\n</ol>\n',
            "1. Sitzung am 24. November 2026 8. Dezember 2026",
            ["24 November", "Dezember 2026"],
        ),
        Pasted(
            "    Eingerückt aus der Vorlage, und der Satz ist länger als eine Zeile auf dem Telefon.",
            "<p>Eingerückt aus der Vorlage, und der Satz ist länger als eine Zeile auf dem Telefon.</p>\n",
            "Eingerückt aus der Vorlage, und der Satz ist länger als eine Zeile auf dem Telefon.",
            ["Vorlage"],
        ),
        Pasted(
            "\tMit Tabulator eingerückt", "<p>Mit Tabulator eingerückt</p>\n", "Mit Tabulator eingerückt", ["Tabulator"]
        ),
        Pasted(
            "Absatz\n\n    zweiter, eingerückt\n\ndritter",
            "<p>Absatz</p>\n<p>zweiter, eingerückt</p>\n<p>dritter</p>\n",
            "Absatz zweiter, eingerückt dritter",
            ["eingerückt"],
        ),
        Pasted(
            "•\tErstens: Gremium\n•\tZweitens: Bericht",
            "<p>•\tErstens: Gremium<br>\n•\tZweitens: Bericht</p>\n",
            "• Erstens: Gremium • Zweitens: Bericht",
            ["Gremium", "Bericht"],
        ),
        Pasted(
            "·        Punkt mit Mittelpunkt\n·        noch einer",
            "<p>·        Punkt mit Mittelpunkt<br>\n·        noch einer</p>\n",
            "· Punkt mit Mittelpunkt · noch einer",
            ["Mittelpunkt"],
        ),
        Pasted(
            "o   Unterpunkt der Vorlage",
            "<p>o   Unterpunkt der Vorlage</p>\n",
            "o Unterpunkt der Vorlage",
            ["Unterpunkt"],
        ),
        Pasted(
            "1)\tAuftrag klären\n2)\tDaten beschaffen",
            "<ol>\n<li>Auftrag klären</li>\n<li>Daten beschaffen</li>\n</ol>\n",
            "1) Auftrag klären 2) Daten beschaffen",
            ["Auftrag", "beschaffen"],
        ),
        Pasted("a) Ziele\nb) Wege", "<p>a) Ziele<br>\nb) Wege</p>\n", "a) Ziele b) Wege", ["Ziele Wege"]),
        Pasted(
            "§ 79 Abs. 2 SGB VIII – „Qualitätsentwicklung“ … ist Pflicht.",
            "<p>§ 79 Abs. 2 SGB VIII – „Qualitätsentwicklung“ … ist Pflicht.</p>\n",
            "§ 79 Abs. 2 SGB VIII – „Qualitätsentwicklung“ … ist Pflicht.",
            ["Qualitätsentwicklung", "79"],
        ),
        Pasted(
            "Bildungs\xadberichterstattung mit weichem Trennstrich",
            "<p>Bildungs\xadberichterstattung mit weichem Trennstrich</p>\n",
            "Bildungs\xadberichterstattung mit weichem Trennstrich",
            ["Bildungsberichterstattung"],
        ),
        Pasted(
            "Schul-\xa0und Sportentwicklung",
            "<p>Schul-&nbsp;und Sportentwicklung</p>\n",
            "Schul- und Sportentwicklung",
            ["Sportentwicklung", "Schul- und Sportentwicklung"],
        ),
        Pasted(
            "Das Konzept *Bildung integriert* ist **fertig**.",
            "<p>Das Konzept <em>Bildung integriert</em> ist <strong>fertig</strong>.</p>\n",
            "Das Konzept Bildung integriert ist fertig.",
            ["Bildung integriert"],
        ),
        Pasted(
            "„Anführung“, ‚halbe‘ und »französische«",
            "<p>„Anführung“, ‚halbe‘ und »französische«</p>\n",
            "„Anführung“, ‚halbe‘ und »französische«",
            ["französische", "halbe"],
        ),
        Pasted(
            "Kinder-/Jugendhilfe und Krabbelgruppe/Zwergschule",
            "<p>Kinder-/Jugendhilfe und Krabbelgruppe/Zwergschule</p>\n",
            "Kinder-/Jugendhilfe und Krabbelgruppe/Zwergschule",
            ["Zwergschule", "Jugendhilfe"],
        ),
        Pasted(
            "Ziel: 3*4*5 Plätze, also 60", "<p>Ziel: 3*4*5 Plätze, also 60</p>\n", "Ziel: 3*4*5 Plätze, also 60", ["60"]
        ),
        Pasted(
            "Fußnote* und noch eine**\n* Quelle: eigene Erhebung",
            "<p>Fußnote* und noch eine**</p>\n<ul>\n<li>Quelle: eigene Erhebung</li>\n</ul>\n",
            "Fußnote* und noch eine** Quelle: eigene Erhebung",
            ["Erhebung"],
        ),
        Pasted(
            "1. Punkt\n1. Punkt noch einmal\n1. und wieder",
            '<ol>\n<li>Punkt</li>\n<li value="1">Punkt noch einmal</li>\n<li value="1">und wieder</li>\n</ol>\n',
            "1. Punkt 1. Punkt noch einmal 1. und wieder",
            ["Punkt"],
        ),
        Pasted(
            "01. März Auftakt\n02. April Abschluss",
            "<p>01. März Auftakt<br>\n02. April Abschluss</p>\n",
            "01. März Auftakt 02. April Abschluss",
            ["Auftakt", "02. April"],
        ),
        Pasted(
            "\uf0b7\tGremium\n\uf0b7\tBericht",
            "<p>•\tGremium<br>\n•\tBericht</p>\n",
            "• Gremium • Bericht",
            ["Gremium Bericht"],
        ),
        Pasted(
            "E-Mail:anna@exam\xadple.org",
            f'<p>E-Mail:<a href="mailto:anna@example.org" {REL}>anna@example.org</a></p>\n',
            "E-Mail:anna@example.org",
            ["anna@example.org"],
        ),
        Pasted(
            "5. Mai 2026 ist Stichtag.",
            '<ol start="5">\n<li>Mai 2026 ist Stichtag.</li>\n</ol>\n',
            "5. Mai 2026 ist Stichtag.",
            ["Stichtag", "Mai 2026"],
        ),
        Pasted("Am 3. 4. und 5. Mai", "<p>Am 3. 4. und 5. Mai</p>\n", "Am 3. 4. und 5. Mai", ["Mai"]),
    ],
    "Excel": [
        Pasted(
            "Kommune\tSchulen\tKitas\nMusterstadt\t12\t34",
            "<p>Kommune\tSchulen\tKitas<br>\nMusterstadt\t12\t34</p>\n",
            "Kommune Schulen Kitas Musterstadt 12 34",
            ["Musterstadt", "34"],
        ),
        Pasted(
            "Anteil\t12,5 %\nVorjahr\t-3,2 %",
            "<p>Anteil\t12,5 %<br>\nVorjahr\t-3,2 %</p>\n",
            "Anteil 12,5 % Vorjahr -3,2 %",
            ["12,5", "3,2"],
        ),
        Pasted("=SUMME(B2:B9)", "<p>=SUMME(B2:B9)</p>\n", "=SUMME(B2:B9)", ["SUMME"]),
        Pasted(
            "+ 5 Prozent gegenüber dem Vorjahr\n- 2 Prozent bei den Kitas",
            "<p>+ 5 Prozent gegenüber dem Vorjahr</p>\n<ul>\n<li>2 Prozent bei den Kitas</li>\n</ul>\n",
            "+ 5 Prozent gegenüber dem Vorjahr 2 Prozent bei den Kitas",
            ["Vorjahr Kitas"],
        ),
        Pasted("#BEZUG!", "<p>#BEZUG!</p>\n", "#BEZUG!", ["bezug"]),
        Pasted("1.234,50 €", "<p>1.234,50 €</p>\n", "1.234,50 €", ["234"]),
        Pasted(
            "2025/26\t1.050\n2024/25\t980",
            "<p>2025/26\t1.050<br>\n2024/25\t980</p>\n",
            "2025/26 1.050 2024/25 980",
            ["2025/26", "980"],
        ),
    ],
    "Mail": [
        Pasted(
            "> Am 3. März schrieb Frau Muster:\n> Können Sie helfen?\n\nJa, gern.",
            "<blockquote>\n<p>Am 3. März schrieb Frau Muster:<br>\nKönnen Sie helfen?</p>\n</blockquote>\n"
            "<p>Ja, gern.</p>\n",
            "Ja, gern.",
            ["helfen", "gern"],
        ),
        Pasted(
            "Von: Muster, Anna <anna.muster@stadt.example>\nGesendet: Montag, 2. März 2026\nBetreff: AW: WG: Bericht",
            f'<p>Von: Muster, Anna <a href="mailto:anna.muster@stadt.example" {REL}>anna.muster@stadt.example</a><br>\n'
            "Gesendet: Montag, 2. März 2026<br>\nBetreff: AW: WG: Bericht</p>\n",
            "Von: Muster, Anna anna.muster@stadt.example Gesendet: Montag, 2. März 2026 Betreff: AW: WG: Bericht",
            ["anna.muster@stadt.example", "Betreff"],
        ),
        Pasted(
            "Mit freundlichen Grüßen\n-- \nAnna Muster\nBildungsbüro",
            "<p>Mit freundlichen Grüßen<br>\n--<br>\nAnna Muster<br>\nBildungsbüro</p>\n",
            "Mit freundlichen Grüßen -- Anna Muster Bildungsbüro",
            ["Bildungsbüro"],
        ),
        Pasted("Grüße\n---\nAnna", "<p>Grüße<br>\n---<br>\nAnna</p>\n", "Grüße --- Anna", ["Anna"]),
        Pasted(
            "_______________\nVon: Bildungsbüro",
            "<p>_______________<br>\nVon: Bildungsbüro</p>\n",
            "_______________ Von: Bildungsbüro",
            ["Bildungsbüro"],
        ),
        Pasted(
            "Tel.: +49 511 123-45\n+49 511 123-46 (Vertretung)",
            "<p>Tel.: +49 511 123-45<br>\n+49 511 123-46 (Vertretung)</p>\n",
            "Tel.: +49 511 123-45 +49 511 123-46 (Vertretung)",
            ["Vertretung", "123"],
        ),
        Pasted(
            "Siehe <https://www.stadt.example/bildung>",
            f'<p>Siehe <a href="https://www.stadt.example/bildung" {REL}>https://www.stadt.example/bildung</a></p>\n',
            "Siehe https://www.stadt.example/bildung",
            ["stadt.example"],
        ),
        Pasted(
            "Link: https://www.example.org/fileadmin/_pdf_/plan.pdf",
            f'<p>Link: <a href="https://www.example.org/fileadmin/_pdf_/plan.pdf" {REL}>https://www.example.org/fileadmin/_pdf_/plan.pdf</a></p>\n',
            "Link: https://www.example.org/fileadmin/_pdf_/plan.pdf",
            ["plan.pdf", "fileadmin"],
        ),
        Pasted(
            "https://www.example.org/suche?q=a&seite=2#_oben_.",
            f'<p><a href="https://www.example.org/suche?q=a&amp;seite=2#_oben" {REL}>https://www.example.org/suche?q=a&amp;seite=2#_oben</a>_.</p>\n',
            "https://www.example.org/suche?q=a&seite=2#_oben_.",
            ["suche"],
        ),
        Pasted(
            "Bitte an bildung@landkreis.example, danke!",
            f'<p>Bitte an <a href="mailto:bildung@landkreis.example" {REL}>bildung@landkreis.example</a>, danke!</p>\n',
            "Bitte an bildung@landkreis.example, danke!",
            ["bildung@landkreis.example", "landkreis"],
        ),
        Pasted(
            "www.stadt.example/*neu*/index.php",
            f'<p><a href="https://www.stadt.example/*neu*/index.php" {REL}>www.stadt.example/*neu*/index.php</a></p>\n',
            "www.stadt.example/*neu*/index.php",
            ["index"],
        ),
        Pasted(
            "Datei: Readme.md und beispiel.de",
            "<p>Datei: Readme.md und beispiel.de</p>\n",
            "Datei: Readme.md und beispiel.de",
            ["Readme", "beispiel"],
        ),
        Pasted(
            "S:\\Bildung\\_Alt\\Plan*neu*.docx",
            "<p>S:\\Bildung\\_Alt\\Plan*neu*.docx</p>\n",
            "S:\\Bildung\\_Alt\\Plan*neu*.docx",
            ["Plan", "Alt"],
        ),
        Pasted(
            "\\\\server\\_freigabe_\\Bericht.xlsx",
            "<p>\\\\server\\_freigabe_\\Bericht.xlsx</p>\n",
            "\\\\server\\_freigabe_\\Bericht.xlsx",
            ["freigabe", "Bericht.xlsx"],
        ),
        Pasted(
            "[Extern] Bitte nicht antworten",
            "<p>[Extern] Bitte nicht antworten</p>\n",
            "[Extern] Bitte nicht antworten",
            ["Extern"],
        ),
        Pasted(
            "siehe [Anlage](2) und [1]", "<p>siehe [Anlage](2) und [1]</p>\n", "siehe [Anlage](2) und [1]", ["Anlage"]
        ),
        Pasted("*** Wichtig ***", "<p>*** Wichtig ***</p>\n", "*** Wichtig ***", ["Wichtig"]),
        Pasted("!!! ACHTUNG !!!", "<p>!!! ACHTUNG !!!</p>\n", "!!! ACHTUNG !!!", ["Achtung"]),
        Pasted(
            "<Name> bitte ergänzen, <b>fett</b> & mehr",
            "<p>&lt;Name&gt; bitte ergänzen, &lt;b&gt;fett&lt;/b&gt; &amp; mehr</p>\n",
            "<Name> bitte ergänzen, <b>fett</b> & mehr",
            ["ergänzen", "fett"],
        ),
        Pasted(
            "&nbsp;Leerzeichen aus HTML &amp; Co.",
            "<p>&nbsp;Leerzeichen aus HTML &amp; Co.</p>\n",
            "Leerzeichen aus HTML & Co.",
            ["Leerzeichen"],
        ),
    ],
    "PDF": [
        Pasted(
            "Bildungs-\nberichterstattung ist ein\nDauerthema",
            "<p>Bildungs-<br>\nberichterstattung ist ein<br>\nDauerthema</p>\n",
            "Bildungs- berichterstattung ist ein Dauerthema",
            ["Dauerthema", "Bildungsberichterstattung"],
        ),
        Pasted(
            "Die Eﬃzienz der Angebote", "<p>Die Eﬃzienz der Angebote</p>\n", "Die Eﬃzienz der Angebote", ["Effizienz"]
        ),
        Pasted("München und Köln", "<p>München und Köln</p>\n", "München und Köln", ["München", "Köln", "muenchen"]),
        Pasted(
            "1 Einleitung ............ 3\n2 Daten ................. 7",
            "<p>1 Einleitung ............ 3<br>\n2 Daten ................. 7</p>\n",
            "1 Einleitung ............ 3 2 Daten ................. 7",
            ["Einleitung"],
        ),
        Pasted(
            "S. 12 | Abb. 3: Verläufe", "<p>S. 12 | Abb. 3: Verläufe</p>\n", "S. 12 | Abb. 3: Verläufe", ["Verläufe"]
        ),
        Pasted(
            "Null\u200bbreite und \ufeffBOM",
            "<p>Null\u200bbreite und \ufeffBOM</p>\n",
            "Null\u200bbreite und \ufeffBOM",
            ["Nullbreite", "BOM"],
        ),
        Pasted(
            "Über-\ngänge gestalten",
            "<p>Über-<br>\ngänge gestalten</p>\n",
            "Über- gänge gestalten",
            ["gestalten", "Übergänge"],
        ),
    ],
    "Telefon": [
        Pasted(
            "Danke!! 👍👍 Das hilft uns :-) *freu*",
            "<p>Danke!! 👍👍 Das hilft uns :-) <em>freu</em></p>\n",
            "Danke!! 👍👍 Das hilft uns :-) freu",
            ["freu"],
        ),
        Pasted(
            "„Mach ich“ – schick’s mir…",
            "<p>„Mach ich“ – schick’s mir…</p>\n",
            "„Mach ich“ – schick’s mir…",
            ["schick"],
        ),
        Pasted("zb. um 10:30-12:00 uhr", "<p>zb. um 10:30-12:00 uhr</p>\n", "zb. um 10:30-12:00 uhr", ["12:00", "30"]),
        Pasted("# Frage\nWer kennt das?", "<p># Frage<br>\nWer kennt das?</p>\n", "# Frage Wer kennt das?", ["Frage"]),
        Pasted("~ca. 20~ Personen", "<p>~ca. 20~ Personen</p>\n", "~ca. 20~ Personen", ["Personen"]),
        Pasted("~~alt~~ neu", "<p>~~alt~~ neu</p>\n", "~~alt~~ neu", ["neu"]),
        Pasted(
            "`Code` nennt die Kollegin das",
            "<p><code>Code</code> nennt die Kollegin das</p>\n",
            "Code nennt die Kollegin das",
            ["Code"],
        ),
        Pasted(
            "Schulplanung und -entwicklung sowie Sozial- und Jugendplanung",
            "<p>Schulplanung und -entwicklung sowie Sozial- und Jugendplanung</p>\n",
            "Schulplanung und -entwicklung sowie Sozial- und Jugendplanung",
            ["Schulplanung und -entwicklung", "Jugendplanung"],
        ),
        Pasted(
            "(*kursiv in Klammern*) und **fett**, ok?",
            "<p>(<em>kursiv in Klammern</em>) und <strong>fett</strong>, ok?</p>\n",
            "(kursiv in Klammern) und fett, ok?",
            ["Klammern"],
        ),
        Pasted("1.\n2. leer davor", "<ol>\n<li></li>\n<li>leer davor</li>\n</ol>\n", "1. 2. leer davor", ["leer"]),
        Pasted("- \n- zweiter", "<ul>\n<li></li>\n<li>zweiter</li>\n</ul>\n", "zweiter", ["zweiter"]),
    ],
}
