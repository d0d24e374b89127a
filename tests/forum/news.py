"""What the database holds of what people have left to read; call inside a binding."""

from __future__ import annotations

from dkbm.core.number_ranges import NumberRanges
from forum.models import ReadState, Topic


def unread_of(topic: Topic) -> dict[str, NumberRanges]:
    """Name of the person -> numbers of the posts of the topic that are news to them."""
    rows = ReadState.objects.filter(topic=topic).only("unread", "person__first_name", "person__last_name")
    rows = rows.select_related("person").order_by("person__last_name")
    return {row.person.get_full_name(): row.unread for row in rows}
