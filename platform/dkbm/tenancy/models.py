"""The network (tenant), its hosts, and who belongs to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .context import BoundNetwork, Everything, NoNetwork, current_network_id, require
from .enums import MembershipState, Role
from .managers import NetworkManager, ViaNetworkManager, scoped
from .reserved import validate_not_reserved


def check_network(row: models.Model) -> None:
    """Refuse to write a row whose network is not the bound one (lock 1 for writes).

    Raises :class:`NoNetwork`.
    """
    binding = require()
    if isinstance(binding, Everything):
        if binding.as_owner:
            return
        raise NoNetwork(f"{row._meta.label} cannot be written while all networks are bound ({binding.reason}).")
    if row.network_id != binding.id:  # type: ignore[attr-defined]
        raise NoNetwork(f"{row._meta.label} of network {row.network_id} written in network {binding.id}.")  # type: ignore[attr-defined]


SHORT_NAME_LENGTH = 60


class Network(models.Model):
    """A tenant. Its id never changes, whatever happens to slug, name and hosts."""

    slug = models.SlugField(_("Kürzel"), unique=True, validators=[validate_not_reserved])
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Kurzer Name"), max_length=SHORT_NAME_LENGTH)
    network_name = models.CharField(_("Name des Netzwerks"), max_length=200, blank=True)
    claim = models.TextField(_("Leitsatz"), blank=True)
    region = models.TextField(_("Gebiet"), blank=True)
    contact_email = models.EmailField(_("Adresse der Transferagentur"), blank=True)
    listed = models.BooleanField(_("auf der Startseite der Plattform genannt"), default=True)
    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.PROTECT, null=True, editable=False, related_name="network"
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, null=True, editable=False, related_name="network"
    )
    public_collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    waiting_note = models.CharField(_("Hinweis für Wartende"), max_length=200, blank=True)
    given_pages = ArrayField(models.SlugField(max_length=100), default=list, blank=True, editable=False)
    """Slugs of pages that it got by itself, once: what its editors take away stays away."""
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = scoped(models.Manager, pk__is_bound=True)()

    class Meta:
        ordering = ["name"]
        verbose_name = _("Netzwerk")
        verbose_name_plural = _("Netzwerke")

    def __str__(self) -> str:
        return self.name


class NetworkOwned(models.Model):
    """Base of every model whose rows belong to one network."""

    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, default=current_network_id, editable=False, related_name="+"
    )

    objects: ClassVar[Any] = NetworkManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.network_id is None:
            self.network_id = current_network_id()
        check_network(self)
        super().save(*args, **kwargs)


class NetworkPart(models.Model):
    """Base of models that belong to a network through their parent (``network_via`` names the relation).

    Their table has a column ``network_id`` that the database fills; see ``row_security``.
    """

    network_via: ClassVar[str]

    objects: ClassVar[Any] = ViaNetworkManager()

    class Meta:
        abstract = True


class NetworkHost(NetworkOwned):
    """A host name under which a network answers, without port. Exactly one of a network is the primary one."""

    host = models.CharField(
        _("Hostname"),
        max_length=253,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", _("Bitte einen Hostnamen in Kleinbuchstaben."))
        ],
    )
    is_primary = models.BooleanField(_("Hauptadresse"), default=False)

    class Meta:
        ordering = ["-is_primary", "host"]
        constraints = [
            models.UniqueConstraint(
                fields=["network"], condition=models.Q(is_primary=True), name="one_primary_host_a_network"
            )
        ]

    def __str__(self) -> str:
        return self.host


class Membership(NetworkOwned):  # type: ignore[django-manager-missing, unused-ignore]
    """A person in a network; bare, because the locks read it. Municipality and function: ``accounts.Profile``.

    Rows are never deleted while the account lives: whoever left keeps the name on what they wrote.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    state = models.CharField(
        _("Stand"), max_length=20, choices=MembershipState.choices, default=MembershipState.REQUESTED
    )
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    since = models.DateTimeField(_("Mitglied seit"), null=True, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created"]
        constraints = [models.UniqueConstraint(fields=["network", "person"], name="one_membership_a_network")]
        indexes = [models.Index(fields=["person", "network"], name="membership_person_network")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.network_id}"

    @property
    def is_active(self) -> bool:
        return self.state == MembershipState.ACTIVE

    @property
    def is_waiting(self) -> bool:
        return self.state == MembershipState.REQUESTED

    @property
    def is_editor(self) -> bool:
        return self.is_active and Role.EDITOR in self.roles

    @property
    def is_manager(self) -> bool:
        return self.is_active and Role.MANAGER in self.roles

    @property
    def is_operator(self) -> bool:
        return self.is_active and Role.OPERATOR in self.roles


def as_bound(network: Network, host: str, main_host: str = "") -> BoundNetwork:
    """The plain values that the doors bind."""
    return BoundNetwork(
        id=network.pk,
        slug=network.slug,
        name=network.name,
        short_name=network.short_name,
        host=host,
        sender=network.contact_email,
        site_id=network.site_id,
        collection_id=network.collection_id,
        public_collection_id=network.public_collection_id,
        main_host=main_host or host,
    )
