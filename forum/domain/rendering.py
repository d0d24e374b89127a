"""The stored HTML of posts, after the renderer has changed."""

from __future__ import annotations

from dkbm.core.markdown import RENDERER
from forum.domain.mentions import addresses_of
from forum.models import TEXT_FIELDS, Post

A_TIME = 200


def render_anew() -> int:
    """Make words and HTML of all posts anew that another renderer made, in the bound network; returns how many.

    A post that somebody changes meanwhile is left alone: its HTML is of today.
    """
    count = 0
    while posts := _of_another_renderer():
        for post in posts:
            before = post.html_version
            post.set_text(post.text, addresses_of(post.mentions.all(), post.topic.space))
            values = {field: getattr(post, field) for field in TEXT_FIELDS}
            count += Post.objects.filter(pk=post.pk, html_version=before).update(**values)
    return count


def _of_another_renderer() -> list[Post]:
    posts = Post.objects.exclude(html_version=RENDERER).select_related("topic__space__workgroup__parent")
    return list(posts.prefetch_related("mentions").order_by("pk")[:A_TIME])
