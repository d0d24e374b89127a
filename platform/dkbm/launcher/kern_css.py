"""Cut KERN's stylesheet down to what our pages use.

KERN delivers 340 KB of CSS; we use its form, alert and table components. A rule is kept when all classes of its
selector are used by us, a custom property when a kept rule or our own CSS refers to it. Pictures inside the CSS become
files, because our content security policy allows no `data:` addresses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

try:
    import tinycss2
except ImportError:  # pragma: no cover - said in words by frontend.build()
    tinycss2 = None

PREFIX = "kern-"
ROOTS = {":root": ":root", "[data-kern-theme=light]": ":root", ".kern-light": ":root"}
"""One theme for now: the light one becomes the root, the dark one and the automatic switch go."""
CONTEXTUAL = "body"
"""KERN sets the properties that depend on a surrounding level on ``:is(body, …)``."""
DATA_SVG = "data:image/svg+xml,"

Nodes = list[Any]


@dataclass
class Rule:
    """``head { declarations }``, or ``@media head { rules }``."""

    head: str
    declarations: list[tuple[str, str]] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def sets_properties(self) -> bool:
        return self.head in (":root", CONTEXTUAL)

    def text(self) -> str:
        inner = "".join(rule.text() for rule in self.rules) or ";".join(
            f"{name}:{value}" for name, value in self.declarations
        )
        return f"{self.head}{{{inner}}}"


class Pictures:
    """Those inside the CSS, as files of ``folder``."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}

    def as_files(self, value: Nodes) -> Nodes:
        """The value with the address of a file in place of each ``data:`` address."""
        for node in value:
            if node.type == "function":
                node.arguments = self.as_files(node.arguments)
        return [self._file(node) if self._is_picture(node) else node for node in value]

    def _is_picture(self, node: Any) -> bool:
        return node.type in ("string", "url") and node.value.startswith(DATA_SVG)

    def _file(self, node: Any) -> Any:
        svg = unquote_to_bytes(node.value.removeprefix(DATA_SVG))
        name = f"{hashlib.sha256(svg).hexdigest()[:10]}.svg"
        self.files[name] = svg
        address = f'"{self.folder}/{name}"'
        return tinycss2.parse_one_component_value(address if node.type == "string" else f"url({address})")


def reduce_kern(
    css: str, *, classes: Collection[str], own_css: Iterable[str], folder: str
) -> tuple[str, dict[str, bytes]]:
    """The rules for ``classes`` as text, and the pictures that it names in ``folder``: file name -> content.

    Properties that ``own_css`` sets are left to it.
    """
    pictures = Pictures(folder)
    own = [_parsed(text) for text in own_css]
    kept = _kept(_parsed(css), set(classes), pictures)
    defined = {name for nodes in own for name in _set_in(nodes)}
    needed = {name for nodes in own for name in _asked_for(nodes)}
    return "\n".join(rule.text() for rule in _without_unused(kept, needed, defined)), pictures.files


def kern_classes(text: str) -> set[str]:
    """KERN's classes in the text of a template or a module."""
    return set(re.findall(rf"\b{PREFIX}[\w-]+", text))


def _parsed(css: str) -> Nodes:
    nodes: Nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return nodes


def _kept(nodes: Nodes, classes: set[str], pictures: Pictures) -> list[Rule]:
    kept = []
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "media":
            condition = _squeezed(node.prelude)
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            rules = [rule for rule in _kept(inner, classes, pictures) if not rule.sets_properties]
            if rules and "prefers-color-scheme" not in condition:
                kept.append(Rule(f"@media {condition}", rules=rules))
        elif node.type == "qualified-rule" and (head := _kept_head(node.prelude, classes)):
            kept.append(Rule(head, declarations=_declarations(node.content, pictures)))
    return kept


def _kept_head(prelude: Nodes, classes: set[str]) -> str:
    """What is left of the selectors; empty where none of them is for us."""
    selectors = [_stripped(part) for part in _split_at_commas(prelude)]
    texts = [_squeezed(selector) for selector in selectors]
    if all(text in ROOTS for text in texts):
        return ":root"
    first = selectors[0][:2]
    if len(first) == 2 and first[1].type == "function" and _named_in(first[1].arguments, CONTEXTUAL):
        return CONTEXTUAL
    return ",".join(text for selector, text in zip(selectors, texts, strict=True) if _matches_ours(selector, classes))


def _named_in(nodes: Nodes, element: str) -> bool:
    return any(node.type == "ident" and node.value == element for node in nodes)


def _matches_ours(selector: Nodes, classes: set[str]) -> bool:
    """Whether it names a class of KERN at all, and each that an element must have is one of ours."""
    names = set(_required_classes(selector))
    return any(name.startswith(PREFIX) for name in names) and names <= classes


def _required_classes(selector: Nodes) -> Iterator[str]:
    for before, node in zip([None, *selector], selector, strict=False):
        if node.type == "ident" and before is not None and before == ".":
            yield node.value
        elif node.type == "function" and node.lower_name != "not":
            yield from _required_classes(node.arguments)


def _declarations(content: Nodes, pictures: Pictures) -> list[tuple[str, str]]:
    found = tinycss2.parse_declaration_list(content, skip_comments=True, skip_whitespace=True)
    return [
        (each.name, _squeezed(pictures.as_files(each.value)) + ("!important" if each.important else ""))
        for each in found
        if each.type == "declaration"
    ]


def _without_unused(rules: list[Rule], needed: set[str], defined_by_us: set[str]) -> Iterator[Rule]:
    """Drops custom properties that nothing refers to, and those that our own tokens set anyway."""
    values: dict[str, set[str]] = {}
    needed = set(needed)
    for rule in _all(rules):
        for name, value in rule.declarations:
            asked = _asked_for(tinycss2.parse_component_value_list(value))
            if rule.sets_properties:
                values.setdefault(name, set()).update(asked)
            else:
                needed |= asked
    waiting = list(needed)
    while waiting:
        name = waiting.pop()
        further = set() if name in defined_by_us else values.get(name, set()) - needed
        needed |= further
        waiting.extend(further)
    for rule in rules:
        if not rule.sets_properties:
            yield rule
            continue
        left = {name: value for name, value in rule.declarations if name in needed and name not in defined_by_us}
        if left:
            yield Rule(rule.head, declarations=list(left.items()))


def _all(rules: list[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _all(rule.rules)


def _asked_for(nodes: Nodes) -> set[str]:
    """Custom properties in ``var(…)``, wherever below."""
    names = set()
    for node in nodes:
        for below in ("prelude", "content", "arguments", "value"):
            if isinstance(inner := getattr(node, below, None), list):
                names |= _asked_for(inner)
        if node.type == "function" and node.lower_name == "var":
            names |= {each.value for each in _stripped(node.arguments)[:1]}
    return names


def _set_in(nodes: Nodes) -> Iterator[str]:
    for node in nodes:
        if node.type == "at-rule" and node.content is not None:
            yield from _set_in(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        elif node.type == "qualified-rule":
            for each in tinycss2.parse_declaration_list(node.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration" and each.name.startswith("--"):
                    yield each.name


def _split_at_commas(nodes: Nodes) -> list[Nodes]:
    parts: list[Nodes] = [[]]
    for node in nodes:
        if node == ",":
            parts.append([])
        else:
            parts[-1].append(node)
    return parts


def _stripped(nodes: Nodes) -> Nodes:
    empty = ("whitespace", "comment")
    start, end = 0, len(nodes)
    while start < end and nodes[start].type in empty:
        start += 1
    while end > start and nodes[end - 1].type in empty:
        end -= 1
    return nodes[start:end]


def _squeezed(nodes: Nodes) -> str:
    return " ".join(tinycss2.serialize(_stripped(nodes)).split())
