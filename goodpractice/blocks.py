"""Choosing an example within a text: a block of pages of the apps above."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser


class ItemChooser(BaseChooser):
    """Its value is the slug, which never changes."""

    model = "goodpractice.Transfergegenstand"
    chooser_modal_url_name = "dkbm_item_chooser:choose"
    icon = "pick"
    choose_one_text = _("Beispiel auswählen")
    choose_another_text = _("Anderes Beispiel auswählen")
    clear_choice_text = _("Auswahl aufheben")
    link_to_chosen_text = _("Beispiel bearbeiten")

    def get_instance(self, value: Any) -> Any:
        if not value or isinstance(value, self.model_class):
            return value or None
        return self.model_class.objects.filter(slug=value).first()

    def get_value_data_from_instance(self, instance: Any) -> dict[str, Any]:
        return {**super().get_value_data_from_instance(instance), "id": instance.slug}


class ItemChooserBlock(blocks.ChooserBlock):
    """Stores the slug: pages are read without asking for the example's row, and importers know nothing else.

    Whether the example is in the catalogue the block around it says.
    """

    target_model = "goodpractice.Transfergegenstand"

    @cached_property
    def widget(self) -> ItemChooser:
        return ItemChooser()

    @cached_property
    def field(self) -> forms.Field:
        return forms.SlugField(widget=self.widget, required=self._required, help_text=self._help_text)

    def to_python(self, value: Any) -> Any:
        return value

    def bulk_to_python(self, values: Any) -> list[Any]:
        return list(values)

    def get_prep_value(self, value: Any) -> Any:
        return value

    def value_from_form(self, value: Any) -> Any:
        return value or ""

    def clean(self, value: Any) -> Any:
        return blocks.FieldBlock.clean(self, value)

    def extract_references(self, value: Any) -> Any:
        return ()

    class Meta:
        icon = "pick"
