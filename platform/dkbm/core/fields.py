"""Model fields that every app may use."""

from __future__ import annotations

from typing import Any

from django.db import models

from .addresses import normal_address
from .text import sort_key


class SortKeyField(models.CharField):
    """Stored, folded copy of another text field to sort by; collations differ between servers.

    ``of``: name of the field that it follows. It is filled at every save.
    """

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 255)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("db_index", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        value = sort_key(getattr(instance, self.of) or "")[: self.max_length]
        setattr(instance, self.attname, value)
        return value


class AddressField(models.EmailField):
    """A mail address in its one spelling (``core.addresses``), however it was typed: stored and looked up so."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return normal_address(value) if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = self.get_prep_value(getattr(instance, self.attname))
        setattr(instance, self.attname, value)
        return value
