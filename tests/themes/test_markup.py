"""Templates are read in lines, and each class in them has a rule: a class without one is a misspelt or a dead one."""

from __future__ import annotations

import re

from dkbm.core.markdown import NAMED
from dkbm.core.templatetags import kern_forms
from tests.themes.source import ROOT, STATIC, templates, without_comments

LONGEST = 200
KERN = ROOT / "node_modules" / "@kern-ux" / "native" / "dist" / "kern.css"
ATTRIBUTE = re.compile(r"""\sclass="(?P<value>(?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)\"""", re.DOTALL)
IN_BLOCK = re.compile(r"\{% block (?:main_class|button_kind) %\}(?P<value>.*?)\{% endblock %\}")
"""Blocks that frames put into an attribute."""
OF_WAGTAIL = {"button", "button-secondary", "help-block", "help-warning"}
"""Classes of the CMS's frame that our parts in it use."""
OF_BLOCK_TYPES = {"block-heading"}
"""``class="block-{{ block.block_type }}"`` in editorial/blocks/chapter.html."""


def long_lines(template: str) -> list[int]:
    return [number for number, line in enumerate(template.splitlines(), 1) if len(line) > LONGEST]


def classes(template: str) -> set[str]:
    """Names in ``class`` attributes; what a variable makes is not known here."""
    text = without_comments(template)
    values = [match["value"] for pattern in (ATTRIBUTE, IN_BLOCK) for match in pattern.finditer(text)]
    fixed = " ".join(re.sub(r"\{%.*?%\}", " ", value, flags=re.DOTALL) for value in values)
    return set(re.sub(r"\S*\{\{.*?\}\}\S*", " ", fixed).split())


def ruled(css: str) -> set[str]:
    """Classes that a stylesheet has rules for."""
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)
    heads = re.sub(r"\{[^{}]*\}", "{}", css)
    return set(re.findall(r"\.(-?[a-zA-Z_][\w-]*)", heads))


def our_rules() -> set[str]:
    return set().union(*(ruled(path.read_text(encoding="utf-8")) for path in STATIC.rglob("*.css")))


def set_by_code() -> set[str]:
    """Classes that scripts, the drawing of forms and that of typed texts put on elements."""
    scripts = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))
    in_scripts = re.findall(r"""class(?:Name = |List\.\w+\()"([\w-]+)\"""", scripts)
    return {*in_scripts, *kern_forms.CLASSES, NAMED}


def test_no_template_has_a_long_line() -> None:
    assert {name: lines for name, text in templates().items() if (lines := long_lines(text))} == {}


def test_every_class_has_a_rule() -> None:
    known = our_rules() | ruled(KERN.read_text(encoding="utf-8")) | OF_WAGTAIL

    assert {name: unknown for name, text in templates().items() if (unknown := classes(text) - known)} == {}


def test_every_rule_has_its_class() -> None:
    named = set().union(*(classes(text) for text in templates().values()), set_by_code(), OF_BLOCK_TYPES)

    assert our_rules() - named == set()


def test_long_line_and_class_without_a_rule_are_found() -> None:
    assert long_lines("<p>\n" + "x" * 201 + "\n</p>") == [2]
    assert classes('<p class="meta{% if new %} new{% endif %}" data-x="no"> <i class="block-{{ kind }} x">') == {
        "meta", "new", "x",
    }  # fmt: skip
    assert classes("{% block main_class %}narrow entrance{% endblock %}") == {"narrow", "entrance"}
    assert ruled('@media (x) { .a > .b-c:not(.d)::after { content: ".e"; top: .5rem } /* .f */ }') == {"a", "b-c", "d"}
