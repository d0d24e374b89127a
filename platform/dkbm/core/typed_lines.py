"""A list of texts, typed one a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dkbm.core.typed_text import validate_line

MOST_LINES = 100


class LinesField(forms.CharField):
    """The value is a list of different lines, each of at most ``line_length`` characters."""

    widget = forms.Textarea({"rows": 6})

    def __init__(self, *, line_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.line_length = line_length

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(self.prepare_value(value)) or ""
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_LINES:
            raise ValidationError(_("Bitte höchstens %(most)s Zeilen."), params={"most": MOST_LINES})
        for line in value:
            validate_line(line)
            if len(line) > self.line_length:
                raise ValidationError(
                    _("Die Zeile „%(start)s…“ ist zu lang: höchstens %(most)s Zeichen."),
                    params={"start": line[:40], "most": self.line_length},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or "") != self.to_python(data or ""))
