"""The rows of publications in `/cms/`. Issues of the Blickpunkt are pages in the tree."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from dkbm.cms.models import NetworkTag
from dkbm.core.forms import LineField, TextField
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug
from dkbm.core.typed_lines import LinesField
from dkbm.core.typed_words import WordsField
from dkbm.editorial.domain.publications import PublicationValues, delete_publication, save_publication
from dkbm.editorial.models import Publication
from dkbm.search.models import SearchEntry
from goodpractice.enums import ENTRY_TYPE as EXAMPLE

SUMMARY_LENGTH = 5_000
is_address = URLValidator(schemes=["http", "https"])


class PublicationForm(WagtailAdminModelForm):
    instance: Publication

    slug = forms.SlugField(
        label=_("Kürzel"),
        required=False,
        max_length=100,
        help_text=_(
            "Steht in der Internetadresse hinter #. Später lässt es sich nicht ändern. Wenn Sie nichts "
            "eintragen, wird es aus dem Titel gebildet."
        ),
    )
    summary = TextField(
        label=_("Zusammenfassung"), required=False, max_length=SUMMARY_LENGTH, widget=forms.Textarea({"rows": 4})
    )
    year = forms.IntegerField(label=_("Jahr"), required=False, min_value=1900, max_value=2100)
    year_note = LineField(label=_("Hinweis zum Jahr"), required=False, max_length=500)
    chapters = LinesField(
        label=_("Inhalt"), required=False, line_length=300, help_text=_("Ein Kapitel in jeder Zeile. Freiwillig.")
    )
    items = LinesField(
        label=_("Gute Beispiele daraus"),
        required=False,
        line_length=100,
        help_text=_(
            "Ein Kürzel in jeder Zeile: der letzte Teil der Adresse, bei /katalog/stade-bildungslotse/ also "
            "stade-bildungslotse."
        ),
    )
    topics = WordsField(
        NetworkTag.objects.all(),
        label=_("Schlagwörter"),
        help_text=_("Mehrere trennen Sie mit Kommas."),
        required=False,
        to_field_name="slug",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not self.instance.pk and slug and Publication.objects.filter(slug=slug).exists():
            raise ValidationError(
                _("Es gibt schon eine Veröffentlichung mit diesem Kürzel. Bitte wählen Sie ein anderes.")
            )
        return slug

    def clean_website(self) -> str:
        website: str = self.cleaned_data["website"].strip()
        if website:
            try:
                is_address(Publication(website=website).link)
            except ValidationError:
                raise ValidationError(_("Bitte eine Adresse, zum Beispiel www.verden.de/bericht.")) from None
        return website

    def clean_items(self) -> list[str]:
        """What an importer named stays, known or not; what is new has to be in the catalogue."""
        slugs: list[str] = self.cleaned_data["items"]
        new = [slug for slug in slugs if slug not in self.instance.items]
        entries = SearchEntry.objects.filter(type=EXAMPLE, slug__in=new)
        missing = sorted(set(new) - set(entries.values_list("slug", flat=True))) if new else []
        if missing:
            raise ValidationError(
                _("Im Katalog dieses Netzwerks gibt es kein Beispiel mit dem Kürzel „%(slug)s“."),
                params={"slug": missing[0]},
            )
        return slugs

    def clean_topics(self) -> list[str]:
        """Slugs; those of an importer that are no topic of the network stay."""
        chosen = [topic.slug for topic in self.cleaned_data["topics"]]
        offered = set(NetworkTag.objects.filter(slug__in=self.instance.topics).values_list("slug", flat=True))
        return [*chosen, *(slug for slug in self.instance.topics if slug not in offered)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not values.get("slug"):
            values["slug"] = free_slug(german_slug(values["title"]) or "veroeffentlichung", Publication.objects.all())
        return values

    def values(self) -> PublicationValues:
        """What the form does not ask stays as an importer knows it."""
        return PublicationValues(
            **{
                field.name: self.cleaned_data.get(field.name, getattr(self.instance, field.name))
                for field in fields(PublicationValues)
            }
        )

    def save(self, commit: bool = True) -> Publication:
        """Wagtail's views save by this, and log it."""
        self.instance = save_publication(self.instance, self.values())
        return self.instance


class DeletePublication(generic.DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        delete_publication(publication=self.object)
        super().delete_action()


class PublicationViewSet(ModelViewSet):
    """Nothing hangs on a publication, so editors may delete what was entered by mistake."""

    model = Publication
    name = "dkbm_publications"
    url_prefix = "veroeffentlichungen"
    icon = "doc-full"
    menu_label = _("Veröffentlichungen")
    menu_order = 260
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_class = DeletePublication
    list_display = ("title", "kind", "year", "publisher")
    list_filter = ("kind", "year")
    search_fields = ("title",)
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("slug"), FieldPanel("kind"), FieldPanel("summary")],
                heading=_("Veröffentlichung"),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("website"),
                    FieldPanel("year"),
                    FieldPanel("year_note"),
                    FieldPanel("publisher"),
                    FieldPanel("municipality"),
                    FieldPanel("series"),
                    FieldPanel("source"),
                ],
                heading=_("Herkunft"),
            ),
            MultiFieldPanel(
                [FieldPanel("chapters"), FieldPanel("items"), FieldPanel("topics")],
                heading=_("Inhalt und Schlagwörter"),
            ),
        ],
        base_form_class=PublicationForm,
    )
