"""A tag is a "Schlagwort" wherever somebody meets one; "Thema" is a thread of the forum."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from dkbm.cms.models import NetworkTag


def fields_of_tags() -> list[models.Field]:
    """Every field by which something is tagged, Wagtail's managers included."""
    return [
        field
        for model in apps.get_models()
        for field in [*model._meta.local_many_to_many, *model._meta.private_fields]
        if field.related_model is NetworkTag
    ]


def test_tags_are_called_the_same_everywhere() -> None:
    assert NetworkTag._meta.verbose_name == "Schlagwort"
    assert {f"{field.model._meta.label}.{field.name}" for field in fields_of_tags()} == {
        "cms.NetworkImage.tags",
        "cms.NetworkDocument.tags",
        "editorial.BlickpunktPage.topics",
        "forum.Topic.tags",
        "goodpractice.Transfergegenstand.topics",
    }
    assert {str(field.verbose_name) for field in fields_of_tags()} == {"Schlagwörter"}
