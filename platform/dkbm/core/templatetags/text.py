"""Filters for texts that people wrote."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from dkbm.core.markdown import render_markdown

register = template.Library()


@register.filter
def markdown(text: str | None) -> SafeString:
    """``{{ post.text|markdown }}``: the text of a post as safe HTML; put it into ``<div class="text">``."""
    return render_markdown(text or "")
