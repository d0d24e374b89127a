"""Tags of the frame's head: what a page writes into its blocks, said again to those who show a link to it."""

from __future__ import annotations

from html import unescape

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from dkbm.cms.domain.sharing import signed_title

register = template.Library()


@register.simple_tag(takes_context=True)
def block_text(context: Context, name: str) -> SafeString:
    """What the page writes into a block, in one line; empty when it writes nothing. Safe as the block itself is."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(" ".join(block.render(context).split()) if block else "")  # noqa: S308


@register.simple_tag
def share_picture_path(title: str) -> str:
    """``title``: as :func:`block_text` gives it, escaped for HTML."""
    return reverse("share_picture", args=[signed_title(unescape(title))])
