"""The person: one account for all networks. What a person is in a network stands in ``Membership`` and ``Profile``."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.core.faces import Face
from dkbm.core.fields import AddressField
from dkbm.core.square_pictures import MIDDLE
from dkbm.core.text import initials
from dkbm.live.broadcast import account_changed_on_commit
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import Role
from dkbm.tenancy.managers import scoped
from dkbm.tenancy.models import SHORT_NAME_LENGTH, Membership, NetworkOwned

from .enums import AGENCY, AdmissionState, ErrandKind, PortraitAudience


class PlainPersonManager(BaseUserManager["Person"]):
    """Creates accounts."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create an account; without a password nobody can sign in with it (authors of imported posts)."""
        person = self.model(email=email, **fields)
        person.set_password(password)
        person.save(force_insert=True, using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=username or "")


PersonManager: Any = scoped(PlainPersonManager, pk__belongs_to_bound=True)
"""Admits only who belongs to the bound network."""


class Person(AbstractBaseUser, PermissionsMixin):
    """An account. The key is made in Python: the database shows a new row only once it belongs somewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = AddressField(_("E-Mail-Adresse"), unique=True)
    first_name = models.CharField(_("Vorname"), max_length=100, blank=True)
    last_name = models.CharField(_("Nachname"), max_length=100, blank=True)
    is_active = models.BooleanField(_("Konto offen"), default=True)
    stands_for_function = models.BooleanField(
        default=False,
        editable=False,
        help_text="Author of imported texts: no person, no login; the last name holds function and municipality.",
    )
    created = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """First and last name; function and municipality for authors of imported texts."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """A new password, or the end of the account, ends the open sockets in all networks at once."""
        changed = update_fields is None or {"password", "is_active"} & {*update_fields}
        known = not self._state.adding
        super().save(*args, update_fields=update_fields, **kwargs)
        if known and changed:
            account_changed_on_commit(self.pk)

    @property
    def is_staff(self) -> bool:
        """Nobody uses Django's own admin."""
        return False

    @property
    def has_mailbox(self) -> bool:
        """Somebody reads mails: the account is open, and it does not stand for a function."""
        return self.is_active and not self.stands_for_function

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        """Letters alone; of an account without a name those of its address."""
        return initials(self.first_name, self.last_name) or initials(self.email)

    @property
    def face(self) -> Face:
        """Without the portrait, which differs from network to network (see ``PersonCard.face``)."""
        return Face(self.initials)


def with_mailbox(through: str = "") -> models.Q:
    """Condition for rows whose person :attr:`Person.has_mailbox`; ``through``: the relation to the person, if any."""
    path = f"{through}__" if through else ""
    return models.Q(**{f"{path}is_active": True, f"{path}stands_for_function": False})


class Function(NetworkOwned):
    """What people do in their administration, in the words of one network. Rows are never deleted.

    Files, links and groups name the ``slug``, which stays when the label changes. One that is not offered any more
    stays with those who have it. ``merged_into`` took the place of this one, and is what its slug means from then on.
    """

    slug = models.SlugField(_("Kürzel"), max_length=60)
    label = models.CharField(_("Bezeichnung"), max_length=200)
    order = models.PositiveSmallIntegerField(_("Platz"), default=0)
    is_offered = models.BooleanField(_("wird angeboten"), default=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("Funktion")
        verbose_name_plural = _("Funktionen")
        constraints = [
            models.UniqueConstraint(fields=["network", "slug"], name="function_slug_once_a_network"),
            models.UniqueConstraint(
                "network",
                Lower("label"),
                condition=models.Q(merged_into__isnull=True),
                name="function_label_once_a_network",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_agency(self) -> bool:
        """The code knows it, so it stays as it is but for its label."""
        return self.slug == AGENCY


class Profile(NetworkOwned):
    """What a person is in one network: function, municipality and how to reach them."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profiles")
    function = models.ForeignKey(Function, on_delete=models.PROTECT, related_name="+", verbose_name=_("Funktion"))
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Kommune")
    )
    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    about = models.TextField(_("Über mich"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("Profil")
        verbose_name_plural = _("Profile")
        constraints = [models.UniqueConstraint(fields=["network", "person"], name="one_profile_a_network")]

    def __str__(self) -> str:
        return self.organisation_line

    @property
    def function_label(self) -> str:
        return self.function.label

    @property
    def organisation(self) -> str:
        """The municipality, or the agency for its own staff."""
        return organisation_of(self.function.slug, self.municipality.name if self.municipality else "")

    @property
    def organisation_line(self) -> str:
        """Function and municipality: "Bildungsmonitoring, Landkreis Verden"."""
        place = self.municipality.name if self.municipality else ""
        return line_of(self.function.slug, self.function.label, place)


class Portrait(NetworkOwned):
    """A person's picture in one network. Its bytes are in the row: they go with it and stand behind the same locks.

    ``key``: new with every change, so that an address always means the same picture. ``source``: the picture as it was
    taken in (``core.square_pictures``), from which ``cut`` draws the two squares that others get to see.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    shown_to = models.CharField(max_length=20, choices=PortraitAudience.choices, default=PortraitAudience.MEMBERS)
    cut = models.CharField(max_length=2, default=MIDDLE)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    source = models.BinaryField()
    small = models.BinaryField()
    large = models.BinaryField()

    class Meta:
        verbose_name = _("Bild einer Person")
        verbose_name_plural = _("Bilder von Personen")
        constraints = [
            models.UniqueConstraint(fields=["network", "person"], name="one_portrait_a_network"),
            models.UniqueConstraint(fields=["network", "key"], name="portrait_key_once_a_network"),
        ]

    def __str__(self) -> str:
        return self.key


def organisation_of(function: str, municipality: str) -> str:
    """Name of the municipality; the agency's staff has none and belongs to the network itself."""
    return municipality or (require_network().name if function == AGENCY else "")


def line_of(function: str, label: str, municipality: str) -> str:
    """Function (its key and its label) and organisation in one line, without saying "Transferagentur" twice."""
    organisation = organisation_of(function, municipality)
    if function == AGENCY and organisation:
        return organisation
    return ", ".join(part for part in (label, organisation) if part)


class AdmissionRequest(NetworkOwned):
    """One request for membership, from asking to the decision. At most one of a person is undecided."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="requests")
    state = models.CharField(max_length=20, choices=AdmissionState.choices, default=AdmissionState.UNCONFIRMED)
    choice = models.CharField(max_length=120, blank=True, help_text="Value of the sign-up choice (a workgroup).")
    created = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["created", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "membership"],
                condition=models.Q(state__in=["unconfirmed", "open"]),
                name="one_undecided_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.membership} ({self.state})"


class TermsAcceptance(NetworkOwned):
    """Which version of the terms somebody accepted, and when. Written once, never changed."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    version = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.version} ({timezone.localdate(self.at)})"


class TrustedMailDomain(NetworkOwned):
    """Whoever verifies an address of this domain is admitted at once."""

    domain = models.CharField(
        _("Domain"),
        max_length=253,
        validators=[
            RegexValidator(
                r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$",
                _("Bitte nur die Domain angeben, zum Beispiel landkreis-musterland.de."),
            )
        ],
    )
    created = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["domain"]
        constraints = [models.UniqueConstraint(fields=["network", "domain"], name="one_trusted_domain_a_network")]

    def __str__(self) -> str:
        return self.domain


class JoinLink(NetworkOwned):
    """A mailed link that lets the owner of a mailbox become a member here; works once, and for some days.

    Sent to people with an account elsewhere who signed up here, and to people whom a manager or an operator
    invites (``admits``, ``roles``). ``suggested``: what was typed at sign-up (function, municipality, choice).
    """

    email = AddressField()
    admits = models.BooleanField(default=False)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, blank=True)
    suggested = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    used = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created", "pk"]

    def __str__(self) -> str:
        return f"{self.pk} ({timezone.localdate(self.created)})"


class Errand(NetworkOwned):
    """What somebody asked for an address, until the worker has done it, and for an hour after that.

    ``due``: not before. ``details``: what was typed at sign-up, with the hash of the password; blank once done.
    """

    kind = models.CharField(max_length=20, choices=ErrandKind.choices)
    address = AddressField()
    details = models.JSONField(default=dict, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    due = models.DateTimeField(default=timezone.now)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["network", "address"], name="errands_of_an_address")]

    def __str__(self) -> str:
        return f"{self.kind} ({timezone.localdate(self.created)})"


class FoundingOrder(NetworkOwned):
    """A network that an operator wants founded; a row of the front door.

    The web process may not write below the tree's root, so a command with the owner's login does it
    (``found_networks``). ``founded``: id of the network, ``done`` and an ``error`` without one: why not.
    """

    slug = models.SlugField(_("Kürzel"), max_length=50)
    name = models.CharField(_("Name"), max_length=200)
    short_name = models.CharField(_("Kurzer Name"), max_length=SHORT_NAME_LENGTH)
    host = models.CharField(_("Hostname"), max_length=253)
    region = models.TextField(_("Gebiet"), blank=True)
    claim = models.TextField(_("Leitsatz"), blank=True)
    contact_email = models.EmailField(_("Adresse der Transferagentur"))
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created = models.DateTimeField(auto_now_add=True)
    done = models.DateTimeField(null=True, blank=True)
    founded = models.BigIntegerField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "slug"], condition=models.Q(done__isnull=True), name="one_waiting_order_a_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name
