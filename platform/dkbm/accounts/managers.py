"""Manager of people: creates accounts, and admits only who belongs to the bound network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from dkbm.tenancy.managers import scoped

if TYPE_CHECKING:
    from .models import Person


class PlainPersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Create an account; without a password nobody can sign in with it (authors of imported posts)."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(force_insert=True, using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").strip().lower())


PersonManager: Any = scoped(PlainPersonManager, pk__belongs_to_bound=True)
