"""Several words of a fixed list, chosen by typing them with commas between: of fifty boxes nobody reads the tenth.

Works as a plain line of text; the list stands beside it to read, and `words.js` proposes while one types.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from dkbm.core.text import one_line

MOST_PARTS = 5
"""Into so many parts the commas of its own may cut a word."""
MOST_NAMED = 5
"""So many unknown words get a sentence."""
NEAR = 3
_ALIKE = str.maketrans("–—‑;„“", '---,""', "\u00ad\u200b\u2060\ufeff")
SHORT = 3
"""Letters of a part like "und", by which nothing is near."""
LIKENESS = 0.8
LENGTH = 2000


class WordsInput(forms.TextInput):
    template_name = "forms/words.html"
    words: Iterable[str] = ()

    class Media:
        css = {"all": ["components/words.css"]}
        js = [forms.Script("js/words.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["words"] = list(self.words)
        context["widget"]["list"] = f"{context['widget']['attrs'].get('id', name)}_words"
        return context


class WordsField(forms.Field):
    """Rows of ``queryset``, each typed as it is called (``str``), however it is written: the value is a list of rows.

    What is unknown is refused with the words that are near; what was typed stays in the field. ``to_field_name``: by
    what the initial value names its rows, where it does not hold them.
    """

    widget = WordsInput

    def __init__(self, queryset: QuerySet[Any], *, to_field_name: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.queryset = queryset
        self.to_field_name = to_field_name

    def __deepcopy__(self, memo: dict[int, Any]) -> WordsField:
        copied: WordsField = super().__deepcopy__(memo)
        copied.queryset = self.queryset
        return copied

    @property
    def queryset(self) -> QuerySet[Any]:
        return self._queryset

    @queryset.setter
    def queryset(self, queryset: QuerySet[Any]) -> None:
        """Anew for each form, which asks for its own network's words, once."""
        self._queryset = queryset.all()
        self.widget.words = _Names(self._queryset)

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        return ", ".join(sorted(map(str, self._rows(value))))

    def to_python(self, value: Any) -> list[Model]:
        if not isinstance(value, str):
            return sorted(self._rows(value or ()), key=str)
        if len(value) > LENGTH:
            raise ValidationError(_("Bitte höchstens %(most)d Zeichen.") % {"most": LENGTH})
        rows = {_key(str(row)): row for row in self.queryset}
        chosen, unknown = _read(value, rows)
        if unknown:
            raise ValidationError([_unknown(each, rows) for each in unknown[:MOST_NAMED]])
        return sorted(chosen, key=str)

    def _rows(self, value: Iterable[Any]) -> list[Model]:
        if not self.to_field_name:
            return list(value)
        known = {getattr(row, self.to_field_name): row for row in self.queryset}
        return [known[key] for key in value if key in known]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _key(self.prepare_value(initial) or "") != _key(data or "")


class _Names:
    """The names of rows, read when they are needed."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self.rows = rows

    def __iter__(self) -> Any:
        return map(str, self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


def _key(text: str) -> str:
    """Capitals, blanks, kinds of dashes and of commas, and what word processors leave unseen do not count."""
    folded = unicodedata.normalize("NFKC", one_line(text)).casefold()
    return folded.translate(_ALIKE)


def _read(text: str, rows: dict[str, Model]) -> tuple[set[Model], list[str]]:
    """Which rows are named, and what names none. The longest name counts: some have commas of their own."""
    parts = [part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",")]
    parts = [part for part in parts if part]
    chosen, unknown = set[Model](), list[str]()
    while parts:
        sizes = range(min(len(parts), MOST_PARTS), 0, -1)
        size = next((size for size in sizes if _key(", ".join(parts[:size])) in rows), 0)
        if size:
            chosen.add(rows[_key(", ".join(parts[:size]))])
        else:
            unknown.append(parts[0])
        del parts[: size or 1]
    return chosen, unknown


def _unknown(word: str, rows: dict[str, Model]) -> str:
    sentence = _("„%(word)s“ steht nicht in der Liste.") % {"word": one_line(word)[:100]}
    if not (near := _near(_key(word), rows)):
        return f"{sentence} {_('Bitte wählen Sie ein Wort der Liste, oder lassen Sie es weg.')}"
    names = get_text_list([f"„{rows[key]}“" for key in near], _("oder"))
    return f"{sentence} {_('Meinten Sie %(names)s?') % {'names': names}}"


def _near(key: str, rows: dict[str, Model]) -> list[str]:
    """Words that contain what was typed, then those that are written much alike, as a whole or in a part."""
    within = [known for known in rows if key in known or known in key]
    alike = get_close_matches(key, rows, NEAR)
    parts = {part for known in rows for part in known.split() if len(part) > SHORT}
    close = set(get_close_matches(key, parts, NEAR, LIKENESS))
    in_part = [known for known in rows if close & set(known.split())]
    return list(dict.fromkeys([*within, *alike, *in_part]))[:NEAR]
