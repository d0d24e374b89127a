"""Where a page of the forum stands."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dkbm.core.views import Crumb
from forum.models import Space, Topic


def forum_crumb() -> Crumb:
    return Crumb(_("Forum"), reverse("forum:index"))


def space_crumbs(space: Space) -> list[Crumb]:
    """Down to the space, for pages in it."""
    return [forum_crumb(), Crumb(space.title, space.get_absolute_url())]


def topic_crumbs(topic: Topic) -> list[Crumb]:
    """Down to the topic, for pages about it."""
    return [*space_crumbs(topic.space), Crumb(topic.title, topic.get_absolute_url())]
