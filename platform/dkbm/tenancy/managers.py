"""Lock 1: default managers that admit only the bound network's rows."""

from __future__ import annotations

from typing import Any

from django.db import models

from . import lookups

lookups.register()


def scoped(manager_class: type[models.Manager], **condition: bool) -> type[models.Manager]:
    """A subclass of ``manager_class`` whose querysets always carry ``condition``.

    ``condition``: one of the lookups of this app, for example ``network__bound=True``.
    """

    class Scoped(manager_class):  # type: ignore[misc, valid-type]
        network_condition = condition

        def get_queryset(self) -> models.QuerySet:
            return super().get_queryset().filter(**condition)

        # Migrations must not see a difference: auth.Group and the user model have managers that
        # are written into migrations, and ours would be a change of theirs.
        def __eq__(self, other: object) -> bool:
            return isinstance(other, manager_class)

        def __hash__(self) -> int:
            return id(self)

    Scoped.__name__ = Scoped.__qualname__ = f"Scoped{manager_class.__name__}"
    return Scoped


NetworkManager: Any = scoped(models.Manager, network__bound=True)
"""For models with a ``network`` field."""

ViaNetworkManager: Any = scoped(models.Manager, pk__bound=True)
"""For models that belong to a network through their parent; their table has the column, the model has not."""


def scope_model(model: type[models.Model], **condition: bool) -> None:
    """Replace every manager of somebody else's ``model`` by a scoped one, in place and in the same order."""
    for manager in list(model._meta.managers):
        if hasattr(type(manager), "network_condition"):
            continue
        replacement = manager.__class__.__new__(scoped(type(manager), **condition))
        replacement.__dict__.update(manager.__dict__)
        local = model._meta.local_managers
        local[:] = [own for own in local if own.name != manager.name] + [replacement]
        replacement.model = model
    model._meta._expire_cache()  # type: ignore[attr-defined]
