"""What the templates below `forms/` need to draw Django's fields with KERN's classes.

The classes are put on at drawing time, not on the widgets, so that Wagtail's own screens keep theirs.
"""

from collections.abc import Iterator
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

FIELDS = {
    "check": ("kern-form-check__checkbox", "kern-form-check__checkbox--error"),
    "radio": ("kern-form-check__radio", "kern-form-check__radio--error"),
    "select": ("kern-form-input__select", "kern-form-input__select--error"),
    "input": ("kern-form-input__input", "kern-form-input__input--error"),
}
"""Class of each kind of input, and the one that it has besides when it is wrong."""
CLASSES = {name for pair in FIELDS.values() for name in pair}
"""All that is put on here; the rest of KERN's classes stands in the templates."""


@register.filter
def widget_kind(field: BoundField) -> str:
    """`choices` (several inputs under one legend), `parts`, `check`, `select`, or `input`."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.MultiWidget):
        return "parts"
    if isinstance(widget, forms.Select) and not widget.allow_multiple_selected:
        return "select"
    return "input"


@register.filter
def told_when_emptied(field: BoundField) -> BoundField:
    """The field; a password or a file that was sent, and cannot stand there again beside the errors of other fields,
    asks for itself."""
    widget = field.field.widget
    if not (field.data and field.form.errors) or field.errors:
        return field
    asked = ""
    if isinstance(widget, forms.PasswordInput) and not widget.render_value:
        asked = _(
            "Bitte geben Sie das Passwort noch einmal ein. Zu Ihrem Schutz bleibt es nach einem Fehler nicht stehen."
        )
    elif isinstance(widget, forms.FileInput):
        asked = _("Bitte wählen Sie die Datei noch einmal aus. Browser behalten sie nach einem Fehler nicht.")
    if asked:
        field.help_text = format_html("<strong>{}</strong> {}", asked, field.field.help_text)
    return field


@register.simple_tag
def kern_widget(field: BoundField) -> SafeString:
    """The field's widget with KERN's classes, in the state that the field is in."""
    kind = widget_kind(field)
    attrs: dict[str, Any] = {"class": _classes(field, kind if kind in FIELDS else "input")}
    widget = field.field.widget
    if widget.attrs.get("placeholder") == field.label:
        attrs["placeholder"] = False  # says the label twice and is hard to read
    if isinstance(widget, forms.MultiWidget):
        _name_parts(field, widget)
    return field.as_widget(attrs=attrs)


@register.filter
def kern_options(field: BoundField) -> Iterator[dict[str, Any]]:
    """The single inputs of a group of radio buttons or checkboxes."""
    many = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    kind = "check" if many else "radio"
    for option in field.subwidgets:
        option.data["attrs"]["class"] = _state_classes(field, kind)
        # `required` on each of several boxes would ask for all of them; on radio buttons the legend says it.
        option.data["attrs"].pop("required", None)
        option.data["attrs"].pop("aria-invalid", None)
        yield {
            "widget": option.tag(wrap_label=False),
            "label": option.choice_label,
            "id": option.id_for_label,
            "value": option.data["value"],
        }


@register.filter
def error_anchor(field: BoundField) -> str:
    """The id that a link in the summary of errors jumps to: the input, or the first of a group."""
    if widget_kind(field) == "choices":
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def error_count(form: forms.BaseForm) -> int:
    return sum(len(errors) for errors in form.errors.values())


def _name_parts(field: BoundField, widget: forms.MultiWidget) -> None:
    """Inputs below one legend need names of their own; the widget belongs to this form alone."""
    dated = isinstance(widget, forms.SplitDateTimeWidget)
    for number, part in enumerate(widget.widgets):
        name = (_("Datum"), _("Uhrzeit"))[number] if dated else f"{field.label} {number + 1}"
        part.attrs.setdefault("aria-label", name)


def _classes(field: BoundField, kind: str) -> str:
    own = field.field.widget.attrs.get("class", "")
    return f"{own} {_state_classes(field, kind)}".strip()


def _state_classes(field: BoundField, kind: str) -> str:
    always, when_wrong = FIELDS[kind]
    return f"{always} {when_wrong}" if field.errors else always
