"""Components and parts of pages get the variables that they declare, no more and no fewer."""

from __future__ import annotations

import inspect

import pytest
from django.template import Template
from django.template.exceptions import TemplateSyntaxError

from dkbm.core.templatetags import components
from tests.themes.source import OF_DJANGO_AND_WAGTAIL, Include, includes, is_part, templates
from tests.themes.variables import asked_for, declared

PARTS = {name: declared(text) for name, text in templates().items() if is_part(name)}
COMPONENTS = {name.removeprefix("components/").removesuffix(".html") for name in templates() if "components/" in name}


def wrongly_called(include: Include, wanted: dict[str, bool]) -> set[str]:
    """Variables that the part lacks or does not know; without ``only`` the page may have what is not passed."""
    given = set(include.names)
    required = {name for name, optional in wanted.items() if not optional}
    return (given - set(wanted)) | (required - given if include.only else set())


@pytest.mark.parametrize("tag", sorted(COMPONENTS))
def test_component_uses_what_its_tag_declares(tag: str) -> None:
    parameters = set(inspect.signature(getattr(components, tag)).parameters)

    assert asked_for(f"components/{tag}.html") - {"csrf_token"} == parameters


def test_every_tag_has_its_template() -> None:
    assert set(components.register.tags) == COMPONENTS


@pytest.mark.parametrize(
    "call",
    [
        '{% alert kind="warning" txt="Der Name ist falsch geschrieben." %}',
        '{% alert kind="warning" %}',
        '{% alert text="Zu viel." colour="red" %}',
        '{% alert "Ohne Namen." %}',
        "{% seats seats=20 %}",
        "{% breadcrums crumbs=crumbs %}",
    ],
)
def test_misspelt_or_missing_variable_of_a_component_fails(call: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load components %}" + call)


def test_components_are_drawn_by_their_tags() -> None:
    by_include = {
        name
        for name, text in templates().items()
        if any(include.template.startswith("components/") for include in includes(text))
    }
    assert by_include == set()


@pytest.mark.parametrize("name", sorted(PARTS))
def test_part_uses_what_it_declares(name: str) -> None:
    wanted = PARTS[name]

    assert wanted is not None, "its first comment says: Variables: a, b (optional: …)."
    assert asked_for(name) == set(wanted)


def test_parts_are_given_what_they_declare() -> None:
    wrong = {
        f"{name}:{include.line}": names
        for name, text in templates().items()
        for include in includes(text)
        if include.template and not include.template.startswith(OF_DJANGO_AND_WAGTAIL)
        if (names := wrongly_called(include, PARTS[include.template] or {}))
    }
    assert wrong == {}


def test_include_with_wrong_variables_is_found() -> None:
    (include,) = includes('{% include "forum/_topic_row.html" with rwo=row with_space=True only %}')
    wanted = {"row": False, "with_space": True}

    assert wrongly_called(include, wanted) == {"rwo", "row"}
    assert wrongly_called(Include(1, '"x"', ("row",), True), wanted) == set()
    assert wrongly_called(Include(1, '"x"', ("with_space",), False), wanted) == set()


def test_declaration_is_read() -> None:
    head = """{% load i18n %}{% comment %}
    A topic. Variables: row (TopicRow: .topic, and .card (.name). Or none), panel.rows, page and total (numbers),
    with_space
    (optional: names the space), csrf_token. Without `with_space`, more is said.{% endcomment %}"""

    assert declared(head) == {
        "row": False, "panel": False, "page": False, "total": False, "with_space": True, "csrf_token": False,
    }  # fmt: skip
    assert declared("{% comment %}Says nothing.{% endcomment %}") is None
