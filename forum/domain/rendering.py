"""The stored HTML of posts, after the renderer has changed."""

from __future__ import annotations

from dkbm.core.markdown import RENDERER
from forum.models import TEXT_FIELDS, Post

A_TIME = 200


def render_anew() -> int:
    """Make words and HTML of all posts anew that another renderer made, in the bound network; returns how many.

    A post that somebody changes meanwhile is left alone: its HTML is of today.
    """
    count = 0
    while posts := list(Post.objects.exclude(html_version=RENDERER).order_by("pk")[:A_TIME]):
        for post in posts:
            before = post.html_version
            post.set_text(post.text)
            values = {field: getattr(post, field) for field in TEXT_FIELDS}
            count += Post.objects.filter(pk=post.pk, html_version=before).update(**values)
    return count
