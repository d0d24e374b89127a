"""The rows of examples in `/cms/`: facts and contacts. Their texts are pages in the tree."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages as admin_messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from dkbm.cms.models import NetworkTag
from dkbm.core.forms import LineField
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug
from dkbm.core.typed_words import WordsField
from dkbm.core.views import number_from
from goodpractice.blocks import ItemChooser
from goodpractice.domain.queries.items import listed_items
from goodpractice.domain.saving import RELATIONS, ROW_FIELDS, Contact, ItemValues, save_item
from goodpractice.models import Eckpunkt, Transfergegenstand


class ItemForm(WagtailAdminModelForm):
    instance: Transfergegenstand

    main_eckpunkt = forms.ModelChoiceField(Eckpunkt.objects.all(), label=_("Wichtigster Eckpunkt"), required=False)
    further_eckpunkte = forms.ModelMultipleChoiceField(
        Eckpunkt.objects.all(), label=_("Weitere Eckpunkte"), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = WordsField(
        NetworkTag.objects.all(),
        label=_("Schlagwörter"),
        help_text=_("Mehrere trennen Sie mit Kommas."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True
            points = list(self.instance.eckpunkt_links.values_list("eckpunkt_id", flat=True))
            self.initial |= {"main_eckpunkt": points[0] if points else None, "further_eckpunkte": points[1:]}
        else:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _(
                "Kleinbuchstaben, Ziffern und Bindestriche. Ist das Feld leer, wird es aus dem Titel. Später lässt es "
                "sich nicht ändern, damit Links weiter gelten."
            )

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"] or ""
        if not self.instance.pk and not slug:
            base = german_slug(self.cleaned_data.get("title", ""), length=60) or "beispiel"
            return free_slug(base, Transfergegenstand.objects.all())
        if not self.instance.pk and Transfergegenstand.objects.filter(slug=slug).exists():
            raise ValidationError(_("Es gibt schon ein Beispiel mit diesem Kürzel. Bitte wählen Sie ein anderes."))
        return slug

    def chosen_eckpunkte(self) -> list[Eckpunkt]:
        """The most important first, none twice."""
        first = self.cleaned_data.get("main_eckpunkt")
        further = self.cleaned_data.get("further_eckpunkte") or []
        return list(dict.fromkeys([*([first] if first else []), *further]))

    def values(self) -> ItemValues:
        return ItemValues(
            eckpunkte=self.chosen_eckpunkte(),
            contacts=[
                Contact(**{field.name: form.cleaned_data[field.name] for field in fields(Contact)})
                for form in self.formsets["contacts"].ordered_forms
            ],
            links=self.cleaned_data["links"].split(),
            **{name: self.cleaned_data[name] for name in (*ROW_FIELDS, *RELATIONS)},
        )

    def save(self, commit: bool = True) -> Transfergegenstand:
        """Wagtail's views save by this, and log it."""
        self.instance = save_item(self.instance, self.values())
        return self.instance


def text_url(item: Transfergegenstand) -> str:
    return reverse("wagtailadmin_pages:edit", args=[item.page_id])


class WarnsOfMuteContacts:
    """A source may know the office without its number, so that is no mistake; but then readers reach nobody."""

    request: HttpRequest

    def save_instance(self) -> Transfergegenstand:
        item: Transfergegenstand = super().save_instance()  # type: ignore[misc]
        text = _("Für „%(function)s“ fehlen Telefon und E-Mail. Bitte ergänzen Sie eins davon, damit man fragen kann.")
        for contact in item.contacts.filter(phone="", mail=""):
            messages.warning(self.request, text % {"function": contact.function})
        return item


class CreateItem(WarnsOfMuteContacts, CreateView):
    """Leads on to the text: as long as that is not published nobody sees the example."""

    def get_success_url(self) -> str:
        return text_url(self.object)

    def get_success_message(self, instance: Transfergegenstand) -> str:
        text = _(
            "Die Angaben zu „%(title)s“ sind gespeichert. Schreiben Sie jetzt den Text und veröffentlichen Sie ihn."
        )
        return text % {"title": instance.title}

    def get_success_buttons(self) -> list[Any]:
        return []


class EditItem(WarnsOfMuteContacts, EditView):
    def save_instance(self) -> Transfergegenstand:
        item = super().save_instance()
        if item.page is not None and not item.page.live:
            text = _("Der Text zu „%(title)s“ ist noch nicht veröffentlicht. Bis dahin sieht niemand das Beispiel.")
            button = admin_messages.button(text_url(item), _("Text bearbeiten"))
            admin_messages.warning(self.request, text % {"title": item.title}, buttons=[button])
        return item


class CatalogueViewSet(ModelViewSet):
    """No copying, and nobody has the right to delete: what no longer holds is archived."""

    model = Transfergegenstand
    name = "dkbm_catalogue"
    url_prefix = "gute-praxis"
    icon = "pick"
    menu_label = _("Gute Praxis")
    menu_order = 250
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = CreateItem
    edit_view_class = EditItem
    list_display = ("title", "municipality", "kind", "visibility", "state", "checked_on")
    list_filter = ("kind", "visibility", "state")
    search_fields = ("title",)
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title"),
                    FieldPanel("slug"),
                    FieldPanel("kind"),
                    FieldPanel("visibility"),
                    FieldPanel("state"),
                ],
                heading=_("Beispiel"),
            ),
            InlinePanel(
                "contacts",
                heading=_("Ansprechpersonen"),
                label=_("Ansprechperson"),
                help_text=_(
                    "Bitte geben Sie Telefon oder E-Mail an. Einem Mitglied kann man dann auch hier schreiben."
                ),
            ),
            MultiFieldPanel(
                [
                    FieldPanel("municipality"),
                    FieldPanel("further_municipalities"),
                    FieldPanel("main_eckpunkt"),
                    FieldPanel("further_eckpunkte"),
                    FieldPanel("topics"),
                    FieldPanel("phases", widget=forms.CheckboxSelectMultiple),
                    FieldPanel("programmes", widget=forms.CheckboxSelectMultiple),
                ],
                heading=_("Einordnung"),
            ),
            MultiFieldPanel(
                [FieldPanel("checked_on"), FieldPanel("source"), FieldPanel("year"), FieldPanel("links")],
                heading=_("Quelle und Stand"),
            ),
        ],
        base_form_class=ItemForm,
    )


class ItemFilter(BaseFilterForm):
    """Looks in titles and names of municipalities: what editors know of an example."""

    q = LineField(label=_("Titel oder Kommune"), required=False, max_length=200)

    def filter(self, objects: QuerySet[Transfergegenstand]) -> QuerySet[Transfergegenstand]:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        if not self.is_searching:
            return objects
        named = Q(title__icontains=self.search_query) | Q(municipality__name__icontains=self.search_query)
        return objects.filter(named)


class ListsItems:
    """What stands in the catalogue of the bound network."""

    filter_form_class = ItemFilter

    def get_object_list(self) -> QuerySet[Transfergegenstand]:
        return listed_items().select_related("municipality")

    @property
    def columns(self) -> list[Column]:
        place = Column("municipality", label=_("Kommune"), accessor=lambda item: item.municipality or "–")
        return [self.title_column, place, Column("kind", label=_("Art"), accessor="get_kind_display")]  # type: ignore[attr-defined]


class ChooseItem(ListsItems, chooser.ChooseView):
    pass


class ChooseItemResults(ListsItems, chooser.ChooseResultsView):
    pass


class ChosenItem(chooser.ChosenView):
    def get_object(self, pk: str) -> Transfergegenstand:
        item: Transfergegenstand = listed_items().get(pk=number_from(pk))
        return item

    def get_object_id(self, instance: Transfergegenstand) -> str:
        return instance.slug


class ItemChooserViewSet(ChooserViewSet):
    """For ``blocks.ItemChooserBlock``. Examples are made under "Gute Praxis", not within the choosing."""

    model = Transfergegenstand
    name = "dkbm_item_chooser"
    url_prefix = "beispiel-auswahl"
    icon = "pick"
    page_title = choose_one_text = ItemChooser.choose_one_text
    search_tab_label = _("Suchen")
    register_widget = False
    choose_view_class = ChooseItem
    choose_results_view_class = ChooseItemResults
    chosen_view_class = ChosenItem
