"""How forms look: `{{ form }}` and `{{ form.x.as_field_group }}` come out as KERN components.

Needs `FORM_RENDERER = "dkbm.core.forms.KernFormRenderer"` and "django.forms" in INSTALLED_APPS.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.forms.renderers import TemplatesSetting
from django.forms.utils import flatatt
from django.forms.widgets import Script
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dkbm.core.addresses import pasted_address
from dkbm.core.days import FIRST_DAY, LAST_DAY, validate_day
from dkbm.core.decisions import Refusal
from dkbm.core.square_pictures import SquarePicture, take_square_picture
from dkbm.core.typed_text import validate_line, validate_name, validate_text

_OTHER_LINE_ENDS = re.compile("[\v\f\x85\u2028\u2029]")
_HEX = re.compile("#[0-9a-fA-F]{6}")


SELECTED = SafeString(" selected")


class KernFormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"


class RefusableForm(forms.Form):
    """Shows why a domain function refused, beside the field that the refusal names."""

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Around the call of the domain: what it refuses stands in the form, and the block ends there."""
        try:
            yield
        except Refusal as refusal:
            self.refuse(refusal)

    def refuse(self, refusal: Refusal) -> None:
        """Above the form, where it has no field of that name."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.reason)


class LineField(forms.CharField):
    """One line of text: a title, a place, a subject. What must not stand in one, ``core.typed_text`` says."""

    default_validators = [validate_line]

    def to_python(self, value: Any) -> Any:
        """A tab is a blank that comes along with what is copied from a table."""
        return super().to_python(value.replace("\t", " ") if isinstance(value, str) else value)


class NameField(LineField):
    """The name of a person: it is mailed to others, so it holds no address."""

    default_validators = [validate_name]


class TextField(forms.CharField):
    """Several lines of text."""

    widget = forms.Textarea
    default_validators = [validate_text]

    def to_python(self, value: Any) -> Any:
        """Word processors and chats end a line within a paragraph with signs of their own."""
        return super().to_python(_OTHER_LINE_ENDS.sub("\n", value) if isinstance(value, str) else value)


class MailField(forms.EmailField):
    """A mail address, also one that was copied with what stood around it."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(pasted_address(value) if isinstance(value, str) else value)


class SquarePictureField(forms.FileField):
    """A picture that is shown small and square; the value is a ``SquarePicture``, ``None`` where none was chosen."""

    widget = forms.FileInput
    default_error_messages = {"required": _("Bitte wählen Sie ein Bild.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/jpeg,image/png,image/webp,image/gif"

    def to_python(self, data: Any) -> SquarePicture | None:  # type: ignore[override]
        file = super().to_python(data)
        return None if file is None else take_square_picture(file, file.name or "")


class ColourInput(forms.TextInput):
    """A colour in hexadecimal digits, and beside it the browser's own way to choose one, for those who have scripts."""

    template_name = "forms/colour.html"

    class Media:
        js = (Script("js/colour.js", type="module"),)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["picked"] = value if isinstance(value, str) and _HEX.fullmatch(value) else ""
        return context


class DateInput(forms.DateInput):
    """The browser's own date field; its value is always ISO, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class WebAddressField(forms.URLField):
    """The address of a web page; without a scheme it becomes https. One sentence, whatever is wrong with it."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class DayField(forms.DateField):
    """A day as people mean it, see ``core.days``, drawn with the browser's own field."""

    widget = DateInput
    default_validators = [validate_day]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class PlainSelect(forms.Select):
    """A select without groups for many choices: Django's draws a template and another one for each of them."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = {str(each) for each in self.format_value(value)}
        choices = ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices)
        options = format_html_join("", '\n  <option value="{}"{}>{}</option>', choices)
        own = {key: kept for key, kept in self.build_attrs(self.attrs, attrs).items() if kept is not None}
        return format_html('<select name="{}"{}>{}\n</select>', name, flatatt(own), options)


class DraftTextarea(forms.Textarea):
    """A text field whose content survives a closed tab, a lost session and a failed sending.

    `key` names the draft on this device, for example `topic-17-reply`; see `draft.js`.
    """

    def __init__(self, key: str = "", attrs: dict[str, object] | None = None) -> None:
        super().__init__({"rows": 8, **({"data-draft": key} if key else {}), **(attrs or {})})


MARKS_HELP = _(
    "Eine leere Zeile trennt Absätze. Am Anfang einer Zeile macht „- “ eine Liste und „> “ ein Zitat. "
    "**So** geschriebene Wörter werden fett."
)


class ComposerTextarea(DraftTextarea):
    """For Markdown: with buttons that set its marks, where there is a script; its page loads `compose.js`."""

    template_name = "forms/composer.html"


def counted_text_field(
    label: Any, *, length: int, required: bool = True, help_text: Any = "", rows: int = 4
) -> TextField:
    """Several lines of at most ``length`` characters, counted while one types; the sentence names both numbers."""
    return TextField(
        label=label,
        required=required,
        max_length=length,
        help_text=help_text,
        error_messages={"max_length": _("Bitte höchstens %(limit_value)d Zeichen. Ihr Text hat %(show_value)d.")},
        widget=forms.Textarea({"rows": rows, "data-char-count": ""}),
    )
