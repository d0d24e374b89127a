"""Topics (tags) of the bound network."""

from __future__ import annotations

from collections.abc import Mapping

from dkbm.cms.models import NetworkTag


def load_topics(labels: Mapping[str, str]) -> None:
    """Create the topics that are missing, by slug; names that editors changed stay."""
    present = dict(NetworkTag.objects.values_list("slug", "name"))
    taken = set(present.values())
    NetworkTag.objects.bulk_create(
        NetworkTag(slug=slug, name=f"{label} ({slug})" if label in taken else label)
        for slug, label in labels.items()
        if slug not in present
    )


def topics_by_slug() -> dict[str, NetworkTag]:
    return {tag.slug: tag for tag in NetworkTag.objects.all()}
