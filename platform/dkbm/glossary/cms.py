"""The terms in `/cms/`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from dkbm.core.forms import LineField, TextField
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug, sort_key
from dkbm.core.typed_lines import LinesField
from dkbm.core.typed_words import WordsField
from dkbm.glossary.domain.saving import TermValues, delete_term, save_term
from dkbm.glossary.models import ABBREVIATION_LENGTH, TERM_LENGTH, Term

DEFINITION_LENGTH = 3_000


class TermForm(WagtailAdminModelForm):
    instance: Term

    slug = forms.SlugField(
        label=_("Kürzel"),
        required=False,
        max_length=100,
        help_text=_(
            "Der letzte Teil der Internetadresse. Später lässt es sich nicht ändern. Wenn Sie nichts eintragen, wird "
            "es aus dem Begriff gebildet."
        ),
    )
    term = LineField(label=_("Begriff"), max_length=TERM_LENGTH)
    abbreviation = LineField(
        label=_("Abkürzung"), required=False, max_length=ABBREVIATION_LENGTH, help_text=_("Zum Beispiel „DKBM“.")
    )
    definition = TextField(
        label=_("Erklärung"),
        max_length=DEFINITION_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ein bis drei Sätze, die auch jemand versteht, der neu im Netzwerk ist."),
    )
    synonyms = LinesField(
        label=_("Synonyme"),
        required=False,
        line_length=TERM_LENGTH,
        help_text=_(
            "Ein Wort in jeder Zeile, mit dem andere dasselbe meinen. Die Suche findet dann unter jedem dieser Wörter "
            "auch Texte mit den anderen."
        ),
    )
    see_also = WordsField(
        Term.objects.all(),
        label=_("Siehe auch"),
        help_text=_("Verwandte Begriffe dieses Glossars. Mehrere trennen Sie mit Kommas."),
        required=False,
        to_field_name="slug",
    )
    sources = LinesField(
        label=_("Quellen"), required=False, line_length=TERM_LENGTH, help_text=_("Eine in jeder Zeile. Freiwillig.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not self.instance.pk and slug and Term.objects.filter(slug=slug).exists():
            raise ValidationError(_("Es gibt schon einen Begriff mit diesem Kürzel. Bitte wählen Sie ein anderes."))
        return slug

    def clean_term(self) -> str:
        term: str = self.cleaned_data["term"]
        if Term.objects.filter(sort_term=sort_key(term)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Der Begriff steht schon im Glossar. Bitte ergänzen Sie ihn dort."))
        return term

    def clean_see_also(self) -> list[str]:
        return [term.slug for term in self.cleaned_data["see_also"] if term.pk != self.instance.pk]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not values.get("slug"):
            values["slug"] = free_slug(german_slug(values["term"]) or "begriff", Term.objects.all())
        return values

    def save(self, commit: bool = True) -> Term:
        """Wagtail's views save by this, and log it."""
        names = TermValues.__dataclass_fields__
        self.instance = save_term(self.instance, TermValues(**{name: self.cleaned_data[name] for name in names}))
        return self.instance


class DeleteTerm(generic.DeleteView):
    @transaction.atomic
    def delete_action(self) -> None:
        delete_term(term=self.object)
        super().delete_action()


class TermViewSet(ModelViewSet):
    """Nothing hangs on a term but other terms' "siehe auch", which leave out what is gone."""

    model = Term
    name = "dkbm_glossary"
    url_prefix = "glossar"
    icon = "openquote"
    menu_label = _("Glossar")
    menu_order = 270
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_class = DeleteTerm
    list_display = ("term", "abbreviation")
    search_fields = ("term", "abbreviation", "definition")
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("term"), FieldPanel("slug"), FieldPanel("abbreviation"), FieldPanel("definition")],
                heading=_("Begriff"),
            ),
            MultiFieldPanel(
                [FieldPanel("synonyms"), FieldPanel("see_also"), FieldPanel("sources")],
                heading=_("Andere Wörter, verwandte Begriffe, Quellen"),
            ),
        ],
        base_form_class=TermForm,
    )
