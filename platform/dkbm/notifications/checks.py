"""System check: every kind of mail has a template that says its text and why it was sent."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.base import Template, TextNode
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode

from .kinds import MailKind, all_kinds

FRAME = "mail/base.txt"
BLOCKS = ("text", "why")


@register()
def check_templates(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    return [error for kind in all_kinds() if (error := _check(kind))]


def _check(kind: MailKind) -> Error | None:
    try:
        template = get_template(kind.template_name).template  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return Error(f"Template {kind.template_name} of the kind {kind.key} is missing.", id="notifications.E001")
    if missing := [name for name in BLOCKS if name not in _filled_blocks(template)]:
        return Error(
            f"Template {kind.template_name} must extend {FRAME} and fill the blocks {', '.join(missing)}.",
            id="notifications.E002",
        )
    return None


def _filled_blocks(template: Template) -> set[str]:
    frame = next((node for node in template.nodelist if isinstance(node, ExtendsNode)), None)
    if frame is None or getattr(frame.parent_name, "var", "") != FRAME:
        return set()
    return {
        name
        for name, block in frame.blocks.items()
        if any(not isinstance(node, TextNode) or node.s.strip() for node in block.nodelist)
    }
