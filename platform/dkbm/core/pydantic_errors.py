"""Pydantic's errors in German: one place for files, the API and whatever else people fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNKNOWN = "der Wert passt hier nicht"
"""For errors of a kind that nobody here has put into words; pydantic's own English stays out."""

WHOLE_NUMBER = "hier muss eine ganze Zahl stehen"
NUMBER = "hier muss eine Zahl stehen"
KEYS_AND_VALUES = "hier müssen Schlüssel und Werte stehen"
DAY = "hier muss ein Tag der Form JJJJ-MM-TT stehen"
CLOCK = "hier muss eine Uhrzeit der Form HH:MM stehen"
MOMENT = "hier müssen Tag und Uhrzeit stehen"
ADDRESS = "hier muss eine Adresse im Netz stehen (https://…)"

REASONS = {
    "missing": "diese Angabe fehlt",
    "extra_forbidden": "diese Angabe ist unbekannt",
    "invalid_key": "der Schlüssel muss ein Text sein",
    "string_type": "hier muss ein Text stehen",
    "string_unicode": "hier muss ein Text stehen",
    "string_too_long": "der Text ist länger als {max_length} Zeichen",
    "string_pattern_mismatch": "der Wert hat nicht die verlangte Form",
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "int_parsing_size": "die Zahl ist zu groß",
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "bool_type": "hier muss true oder false stehen",
    "bool_parsing": "hier muss true oder false stehen",
    "list_type": "hier muss eine Liste stehen",
    "tuple_type": "hier muss eine Liste stehen",
    "set_type": "hier muss eine Liste stehen",
    "dict_type": KEYS_AND_VALUES,
    "mapping_type": KEYS_AND_VALUES,
    "model_type": KEYS_AND_VALUES,
    "model_attributes_type": KEYS_AND_VALUES,
    "too_long": "die Liste hat mehr als {max_length} Einträge",
    "greater_than": "die Zahl muss größer als {gt} sein",
    "greater_than_equal": "die Zahl ist kleiner als {ge}",
    "less_than": "die Zahl muss kleiner als {lt} sein",
    "less_than_equal": "die Zahl ist größer als {le}",
    "multiple_of": "die Zahl muss ein Vielfaches von {multiple_of} sein",
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "time_type": CLOCK,
    "time_parsing": CLOCK,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "url_type": ADDRESS,
    "url_parsing": ADDRESS,
    "url_syntax_violation": ADDRESS,
    "url_scheme": ADDRESS,
    "url_too_long": "die Adresse ist länger als {max_length} Zeichen",
    "uuid_type": "hier muss eine Kennung stehen",
    "uuid_parsing": "hier muss eine Kennung stehen",
    "json_type": "hier muss JSON stehen",
    "json_invalid": "hier muss JSON stehen",
}
"""Type of the error -> a clause that goes on after "field:"."""


def reason_of(error: Mapping[str, Any]) -> str:
    """One of ``ValidationError.errors()`` as a clause: "hier muss ein Text stehen"."""
    context = error.get("ctx", {})
    match error["type"]:
        case "value_error" | "assertion_error":  # our own validators write German
            return str(context["error"])
        case "literal_error" | "enum":
            allowed = str(context["expected"]).replace(" or ", ", ").replace("'", "")
            value = f"„{error['input']}“" if "input" in error else "diesen Wert"  # the API keeps no input
            return f"{value} gibt es nicht; erlaubt sind {allowed}"
        case "string_too_short":
            least = context["min_length"]
            return "der Text ist leer" if least <= 1 else f"der Text ist kürzer als {least} Zeichen"
        case "too_short":
            least = context["min_length"]
            return "die Liste ist leer" if least <= 1 else f"die Liste hat weniger als {least} Einträge"
    return REASONS.get(error["type"], UNKNOWN).format(**context)


def sentence_of(error: Mapping[str, Any]) -> str:
    """The same as a sentence of its own: "Hier muss ein Text stehen."."""
    reason = reason_of(error)
    return f"{reason[:1].upper()}{reason[1:]}."
