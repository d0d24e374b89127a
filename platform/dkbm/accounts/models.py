"""The person: one account for all networks. What a person is in a network stands in ``Membership`` and ``Profile``."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from .managers import PersonManager


class Person(AbstractBaseUser, PermissionsMixin):
    """An account. The key is made in Python: the database shows a new row only once it belongs somewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    first_name = models.CharField(_("Vorname"), max_length=100, blank=True)
    last_name = models.CharField(_("Nachname"), max_length=100, blank=True)
    is_active = models.BooleanField(_("Konto offen"), default=True)
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
        """First and last name, empty for accounts that stand for a function (imported authors)."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name

    @property
    def is_staff(self) -> bool:
        """Nobody uses Django's own admin."""
        return False

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        names = self.get_full_name().split() or [self.email]
        return "".join(name[0] for name in (names[0], names[-1])[: len(names)]).upper()
