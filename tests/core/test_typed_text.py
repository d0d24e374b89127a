"""What may stand in a line, in a name and in a text, for forms and for files alike."""

from __future__ import annotations

from typing import Annotated

import pytest
from django.core.exceptions import ValidationError
from pydantic import TypeAdapter
from pydantic import ValidationError as WrongFile

from dkbm.core.forms import LineField, NameField, TextField
from dkbm.core.typed_text import CHECKED_LINE, fault_of_line, fault_of_name, fault_of_text

ONE_LINE = "hier passt nur eine einzige Zeile"
ORDINARY = ["Bildungsbüro", "Marie-José d’Âge", "AG 4: „Daten“ – was nun?", "50\u00a0% 日本", "Ada 👩🏽\u200d💻 ❤️", ""]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_pass_everywhere(text: str) -> None:
    assert [fault_of_line(text), fault_of_name(text), fault_of_text(text)] == ["", "", ""]


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", "\x1e"])
def test_line_has_no_break(sign: str) -> None:
    assert fault_of_line(f"Anna{sign}Ihr Konto ist gesperrt") == ONE_LINE


@pytest.mark.parametrize(
    "sign",
    list(
        "\x00\x07\x1b\x7f\x9b\u00ad\u200b\u200d\u200e\u202e\u2066\u2800\u3164\u034f\ufeff\U000e0041\ud800\ue000\ufffc"
    ),
)
def test_line_has_no_sign_that_nobody_sees(sign: str) -> None:
    assert fault_of_line(f"Anna{sign}Kurz") == f"hinter „Anna“ steht ein unsichtbares Zeichen (U+{ord(sign):04X})"


@pytest.mark.parametrize(
    "text",
    [
        "Gewinn: https://boese.example",
        "HTTP://x",
        "Anna www.boese.example",
        "ttp：／／x",
        "h︓//x",
        "www．x.de",
        "Anna gewinn.example",
        "GEWINN.COM",
        "boese.example/konto",
        "x.de/konto",
        "anna@boese.example",
        "//boese",
        "mailto:a",
        "gewinn․example",
    ],
)
def test_name_is_no_address(text: str) -> None:
    assert fault_of_line(text) == ""
    assert fault_of_name(text) == "hier passt ein Name, keine Adresse im Netz"


@pytest.mark.parametrize("text", [".", "– –", "👩🏽", "’"])
def test_name_has_a_letter_or_a_digit(text: str) -> None:
    assert fault_of_line(text) == ""
    assert fault_of_name(text) == "ein Name hat mindestens einen Buchstaben oder eine Ziffer"


@pytest.mark.parametrize(
    "text", ["\ufe0f", "\u0301", "\U000f0000", " \u0301\u20dd ", "\u0489", "\ufe0e\ufe0f", "\u093e"]
)
def test_marks_without_anything_that_they_stand_on_are_no_text(text: str) -> None:
    faults = {fault_of_line(text), fault_of_name(text), fault_of_text(text)}
    assert faults == {"hier fehlt ein sichtbares Zeichen"}


@pytest.mark.parametrize("text", ["\u200b", "\u00ad\n\u2800", "\u3164", "\ue000", "\U000e0041", "\U0001d159"])
def test_text_of_signs_that_nobody_sees_is_none(text: str) -> None:
    assert fault_of_text(text) == "hier fehlt ein sichtbares Zeichen"


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
def test_blanks_alone_are_for_the_form_to_refuse(text: str) -> None:
    assert fault_of_text(text) == ""


@pytest.mark.parametrize("text", ["e\u0301", "❤\ufe0f", "?", "→", "1", "日", "👩🏽", "§"])
def test_one_sign_is_a_text(text: str) -> None:
    assert (fault_of_line(text), fault_of_text(text)) == ("", "")


@pytest.mark.parametrize(
    "text",
    [
        "Dr. med. Anna v. Thun",
        "Dr.med. Anna",
        "Dipl.-Ing.",
        "Karl.Heinz",
        "Prof.Meier",
        "A.B.",
        "St. Pauli",
        "Ø",
        "4",
        "日本",
        "ज्ञान",
        "O’Neil",
    ],
)
def test_short_and_foreign_names_are_names(text: str) -> None:
    assert fault_of_name(text) == ""


@pytest.mark.parametrize("sign", list("\x00\x08\x1b\x7f\x85\u202e\u2069\u200f\ud800"))
def test_text_has_no_controls_and_nothing_that_turns_its_direction(sign: str) -> None:
    assert fault_of_text(f"Zeile\nzwei{sign}") == f"hinter „zwei“ steht ein unsichtbares Zeichen (U+{ord(sign):04X})"


def test_text_keeps_lines_tabs_and_what_word_processors_leave() -> None:
    assert fault_of_text("eins\r\nzwei\n\tdrei\u00ad\u200b\u00a0vier") == ""


@pytest.mark.parametrize(("field", "text"), [(LineField(), "a\nb"), (NameField(), "www.x.de"), (TextField(), "a\x08b")])
def test_fields_of_forms_refuse_with_a_sentence(field: LineField, text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        field.clean(text)
    assert [message[0].isupper() and message.endswith(".") for message in caught.value.messages] == [True]


def test_sentence_beside_a_field_begins_with_a_capital() -> None:
    with pytest.raises(ValidationError) as caught:
        LineField().clean("Anna\nKurz")
    assert caught.value.messages == ["Hier passt nur eine einzige Zeile."]


def test_tab_from_a_table_is_a_blank() -> None:
    assert LineField().clean("\tAnna\tKurz") == "Anna Kurz"


def test_line_ends_of_word_processors_and_chats_are_line_ends() -> None:
    assert TextField().clean("eins\vzwei\u2028drei\r\nvier\x85") == "eins\nzwei\ndrei\r\nvier"


def test_files_refuse_with_the_same_words() -> None:
    with pytest.raises(WrongFile) as caught:
        TypeAdapter(Annotated[str, CHECKED_LINE]).validate_python("Anna\nKurz")
    assert str(caught.value.errors()[0]["ctx"]["error"]) == ONE_LINE
