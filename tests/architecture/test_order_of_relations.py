"""Many rows of a relation come in an order that is declared, not as the database happens to hold them."""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db import models

from tests.architecture.models_picture import ORDER


def without_order(among: Collection[type[models.Model]]) -> list[str]:
    """``app.Model.field`` for each many-to-many relation to others of these models that have no ordering."""
    rows = set(among)
    return [
        f"{model._meta.label}.{field.name}"
        for model in among
        for field in model._meta.local_many_to_many
        if field.related_model in rows and not field.related_model._meta.ordering
    ]


def test_no_relation_is_listed_by_chance() -> None:
    ours = [model for model in apps.get_models() if model._meta.app_config.name in ORDER]
    assert len(ours) > 40
    assert without_order(ours) == []


def test_a_relation_without_order_is_named() -> None:
    class Loose(models.Model):  # noqa: DJ008 - never shown
        class Meta:
            app_label = "architecture_example"
            managed = False

    class Holder(models.Model):  # noqa: DJ008 - never shown
        loose = models.ManyToManyField(Loose)

        class Meta:
            app_label = "architecture_example"
            managed = False

    try:
        assert without_order([Holder, Loose]) == ["architecture_example.Holder.loose"]
    finally:
        apps.all_models.pop("architecture_example")
        apps.clear_cache()
