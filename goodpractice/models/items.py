"""An example of good practice (Transfergegenstand) and whom to call about it.

The row is what others hang on; what editors write about it is the page bound to it.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from dkbm.cms.showing import ShownPicture, picture_of_text
from dkbm.core.days import DayField
from dkbm.core.fields import SortKeyField
from dkbm.core.phones import validate_phone
from dkbm.tenancy.models import NetworkOwned, NetworkPart
from goodpractice.enums import ItemState, ItemVisibility, Kind
from goodpractice.links import validate_https, validate_links, validate_not_reserved


class Transfergegenstand(NetworkOwned, ClusterableModel):
    slug = models.SlugField(
        _("Kürzel in der Adresse"),
        max_length=100,
        validators=[validate_not_reserved],
        help_text=_(
            "Kleinbuchstaben, Ziffern und Bindestriche. Später lässt es sich nicht ändern, damit Links weiter gelten."
        ),
    )
    title = models.CharField(_("Titel"), max_length=200)
    sort_title = SortKeyField(of="title")
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Kommune"),
    )
    further_municipalities = models.ManyToManyField(
        "municipalities.Municipality", blank=True, related_name="+", verbose_name=_("weitere Kommunen")
    )
    kind = models.CharField(_("Art"), max_length=20, choices=Kind.choices)
    eckpunkte = models.ManyToManyField(
        "goodpractice.Eckpunkt", through="goodpractice.ItemEckpunkt", related_name="items", verbose_name=_("Eckpunkte")
    )
    phases = models.ManyToManyField(
        "goodpractice.Phase", blank=True, related_name="items", verbose_name=_("Bildungsphasen")
    )
    programmes = models.ManyToManyField(
        "goodpractice.Programme", blank=True, related_name="items", verbose_name=_("Programme")
    )
    topics = models.ManyToManyField(
        "cms.NetworkTag",
        through="goodpractice.ItemTopic",
        blank=True,
        related_name="transfergegenstaende",
        verbose_name=_("Schlagwörter"),
    )
    visibility = models.CharField(
        _("sichtbar"), max_length=10, choices=ItemVisibility.choices, default=ItemVisibility.PUBLIC
    )
    state = models.CharField(_("Stand"), max_length=10, choices=ItemState.choices, default=ItemState.PUBLISHED)
    checked_on = DayField(_("zuletzt geprüft am"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Jahr der Quelle"), null=True, blank=True, validators=[MinValueValidator(1990), MaxValueValidator(2100)]
    )
    source = models.CharField(_("Quelle"), max_length=200, blank=True)
    links = models.TextField(
        _("Internetseiten"),
        blank=True,
        validators=[validate_links],
        help_text=_("Eine Adresse in jeder Zeile, mit https:// am Anfang."),
    )
    published = models.DateTimeField(_("im Katalog seit"), default=timezone.now, editable=False)
    page = models.OneToOneField(
        "goodpractice.TransfergegenstandPage",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="item",
    )

    class Meta:
        ordering = ["sort_title", "pk"]
        constraints = [models.UniqueConstraint(fields=["network", "slug"], name="item_slug_once_a_network")]
        verbose_name = _("Beispiel")
        verbose_name_plural = _("Gute Praxis")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("goodpractice:item", args=[self.slug])

    @property
    def is_written(self) -> bool:
        """Its text has been published once; before that only editors know of the example."""
        return self.page is not None and self.page.first_published_at is not None

    @property
    def picture(self) -> ShownPicture | None:
        return picture_of_text(self.page)

    @property
    def icon(self) -> str:
        """The sign of its kind."""
        return Kind(self.kind).icon

    @property
    def is_archived(self) -> bool:
        return self.state == ItemState.ARCHIVED

    @property
    def is_for_all(self) -> bool:
        """Guests may see it while it is in the catalogue."""
        return self.visibility == ItemVisibility.PUBLIC

    @property
    def link_list(self) -> list[str]:
        return self.links.split()


class ItemEckpunkt(NetworkPart):
    """An Eckpunkt that the example shows; the one with the lowest position is the most important."""

    network_via = "item"
    item = models.ForeignKey(Transfergegenstand, on_delete=models.CASCADE, related_name="eckpunkt_links")
    eckpunkt = models.ForeignKey("goodpractice.Eckpunkt", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["item", "eckpunkt"], name="eckpunkt_once_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.eckpunkt_id}"


class ItemTopic(NetworkPart):
    network_via = "item"
    item = models.ForeignKey(Transfergegenstand, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey("cms.NetworkTag", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "topic"], name="topic_once_an_item")]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.topic_id}"


class ContactPerson(NetworkPart, Orderable):
    """Whom to call. The function is what counts; a name stands here only with that person's consent."""

    network_via = "item"
    item = ParentalKey(Transfergegenstand, on_delete=models.CASCADE, related_name="contacts")
    function = models.CharField(_("Funktion"), max_length=200)
    unit = models.CharField(_("Stelle"), max_length=200, blank=True)
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Kommune"),
        help_text=_("Nur, wenn es nicht die Kommune des Beispiels ist."),
    )
    name = models.CharField(
        _("Name"),
        max_length=200,
        blank=True,
        help_text=_("Nur mit Einverständnis der Person; für Mitglieder sichtbar."),
    )
    phone = models.CharField(_("Telefon"), max_length=60, blank=True, validators=[validate_phone])
    mail = models.EmailField(_("E-Mail"), blank=True)
    web = models.CharField(_("Internetseite"), max_length=300, blank=True, validators=[validate_https])
    contact_public = models.BooleanField(
        _("Telefon und E-Mail auch für Gäste"),
        default=False,
        help_text=_(
            "Nur ankreuzen, wenn Telefon und E-Mail zu einer Stelle gehören und nicht zu einer einzelnen Person. Sonst "
            "sehen sie nur Mitglieder."
        ),
    )
    confirmed_on = DayField(_("Angaben bestätigt am"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("Ansprechperson")
        verbose_name_plural = _("Ansprechpersonen")

    def __str__(self) -> str:
        return self.function
