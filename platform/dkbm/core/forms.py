"""How forms look: `{{ form }}` and `{{ form.x.as_field_group }}` come out as KERN components.

Needs `FORM_RENDERER = "dkbm.core.forms.KernFormRenderer"` and "django.forms" in INSTALLED_APPS.
"""

from django import forms
from django.forms.renderers import TemplatesSetting


class KernFormRenderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    formset_template_name = "forms/formset.html"
    field_template_name = "forms/field.html"


class DateInput(forms.DateInput):
    """The browser's own date field; its value is always ISO, whatever the language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class DraftTextarea(forms.Textarea):
    """A text field whose content survives a closed tab, a lost session and a failed sending.

    `key` names the draft on this device, for example `topic-17-reply`; see `draft.js`.
    """

    def __init__(self, key: str = "", attrs: dict[str, object] | None = None) -> None:
        super().__init__({"rows": 8, **({"data-draft": key} if key else {}), **(attrs or {})})
