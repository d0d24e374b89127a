"""A tag is a "Schlagwort" wherever somebody meets one; "Thema" is a thread of the forum."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import models

from dkbm.cms.models import NetworkTag
from dkbm.tenancy.context import BoundNetwork, bind, bind_all

migration: Any = import_module("dkbm.cms.migrations.0008_tags_of_signs_alone")


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


def test_tags_of_signs_alone_from_before_get_a_slug_in_every_network(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    def named(name: str) -> NetworkTag:
        tag: NetworkTag = NetworkTag.objects.get(name=name)
        return tag

    for network in (niedersachsen, bayern):
        with bind(network):
            NetworkTag.objects.create(name="Kita", slug="kita")
            NetworkTag.objects.create(name="{}", slug="schlagwort")
            NetworkTag.objects.filter(name="{}").update(slug="")
    with bind_all("migrations", as_owner=True):
        migration.name_them(apps, None)
    for network in (niedersachsen, bayern):
        with bind(network):
            assert (named("{}").slug, named("Kita").slug) == (f"schlagwort_{named('{}').pk}", "kita")
