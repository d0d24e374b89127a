"""Which variables a template declares in the comment at its head, and which it asks its context for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.template import Node
from django.template.base import Origin, Token, TokenType, Variable
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode

HEAD = re.compile(r"\{% comment %\}(.*?)\{% endcomment %\}", re.DOTALL)
BINDING = ("asvar", "target_var", "output_var_name", "variable", "countervar")
"""Attributes in which nodes of Django and Wagtail keep the name that they put into the context."""


def declared(text: str) -> dict[str, bool] | None:
    """Name -> whether it may be left out, from ``Variables: row (PostRow: .post), note (optional: …).``

    A full stop ends the list, further sentences explain; ``panel.rows`` declares ``panel``. None: nothing is declared.
    """
    head = HEAD.search(text)
    if not head or "Variables:" not in head[1]:
        return None
    listed = re.split(r"\.(?=\s|$)", _fold(head[1].partition("Variables:")[2]))[0]
    found = {}
    for each in re.split(r",\s|\sand\s", listed):
        name, _space, explained = each.strip().partition(" ")
        found[name.partition(".")[0]] = explained.startswith("(optional")
    return found


def _fold(text: str) -> str:
    """Only ``(optional`` is left of what stands in parentheses, so that commas and stops in it part nothing."""
    folded, depth = "", 0
    for word in re.split(r"([()])", " ".join(text.split())):
        depth -= word == ")"
        if depth == 0:
            folded += word
        elif depth == 1 and word.startswith("optional"):
            folded += "optional"
        depth += word == "("
    return folded


def asked_for(name: str) -> set[str]:
    """Variables that the template, and what it includes without ``only``, takes from its context."""
    nodelist = get_template(name).template.nodelist  # type: ignore[attr-defined]
    used, bound = set(), set()
    for part in _parts_of(nodelist, set()):
        if isinstance(part, Variable):
            used |= {str(part.lookups[0])} if part.lookups else set()
        elif isinstance(part, Token):
            used |= {re.split(r"[.|]", part.contents)[0]} if part.token_type is TokenType.VAR else set()
        else:
            bound |= _names_bound_by(part)
            if isinstance(part, IncludeNode) and not part.isolated_context and isinstance(part.template.var, str):
                used |= asked_for(part.template.var) - set(part.extra_context)
            if type(part).__name__ == "CsrfTokenNode":
                used.add("csrf_token")
    return used - bound - {"True", "False", "None"}


def _names_bound_by(node: Any) -> set[str]:
    names = {name for key in BINDING if isinstance(name := getattr(node, key, None), str)}
    names |= set(getattr(node, "loopvars", ())) | ({"forloop"} if hasattr(node, "loopvars") else set())
    if not isinstance(node, IncludeNode):
        names |= set(getattr(node, "extra_context", None) or ())
    return names


def _parts_of(value: Any, seen: set[int]) -> Iterator[Any]:
    """Every node, expression and variable below ``value``, whatever attribute it is kept in."""
    if isinstance(value, list | tuple):
        for each in value:
            yield from _parts_of(each, seen)
    elif isinstance(value, dict):
        yield from _parts_of(list(value.values()), seen)
    elif isinstance(value, Variable | Token):
        yield value
    elif id(value) not in seen and _is_of_templates(value):
        seen.add(id(value))
        if isinstance(value, Node):
            yield value
        tokens = () if isinstance(value, BlockTranslateNode) else ("token",)
        names = [*getattr(value, "__dict__", ()), *getattr(type(value), "__slots__", ())]
        kept = [getattr(value, name, None) for name in names if name not in (*tokens, "origin", "parser")]
        yield from _parts_of(kept, seen)


def _is_of_templates(value: Any) -> bool:
    return "template" in type(value).__module__ and not isinstance(value, Origin | type)
