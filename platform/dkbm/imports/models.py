"""What was loaded from files, so that loading again leaves alone what editors changed since."""

from __future__ import annotations

from django.db import models

from dkbm.tenancy.models import NetworkOwned


class LoadedEntry(NetworkOwned):
    """One entry of a file as it was last loaded into the network. The same entry is not loaded twice."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=250)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "kind", "key"], name="entry_loaded_once_a_network")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
