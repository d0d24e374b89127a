"""A lower floor names no upper one, not even in a string: what it shows of them is registered or declared by them.

The floors are those of the import contract in pyproject.toml. An app is named by its package, its label, its URL
namespace, or the path at which it is mounted. ``config`` puts everything together and is asked nothing.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.urls import URLResolver, get_resolver

from tests.architecture.source import ROOT, parsed, python_files, relative

TOP = "dkbm.config"
ALLOWED = {
    ("platform/dkbm/core/profiles.py", "demo"): "the profile of a copy for showing, a setting",
}
"""File and text -> what it means there. The list only shrinks."""


@cache
def floors() -> tuple[tuple[str, ...], ...]:
    """Packages line by line, the uppermost first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (
        contract["layers"] for contract in contracts if "exhaustive" in contract and "containers" not in contract
    )
    return tuple(tuple(name.strip() for name in line.split("|")) for line in layers)


def above(package: str) -> list[str]:
    """Packages on the lines above, ``config`` left out."""
    lines = floors()
    place = next(number for number, line in enumerate(lines) if package in line)
    return [name for line in lines[:place] for name in line if name != TOP]


def package_of(name: str) -> str:
    """The floor's package that a module or package belongs to, '' for somebody else's."""
    packages = [package for line in floors() for package in line]
    return next((package for package in packages if f"{name}.".startswith(f"{package}.")), "")


@cache
def names_by_package() -> dict[str, frozenset[str]]:
    """What each package is called by."""
    found = {package: {package.rpartition(".")[2]} for line in floors() for package in line}
    for config in apps.get_app_configs():
        if package := package_of(config.name):
            found[package].add(config.label)
    for urlconf in ("dkbm.config.urls", "dkbm.config.urls_front_door"):
        for resolver in get_resolver(urlconf).url_patterns:
            if isinstance(resolver, URLResolver):
                _add_names(found, resolver)
    return {package: frozenset(names) for package, names in found.items()}


def _add_names(found: dict[str, set[str]], resolver: URLResolver) -> None:
    module: Any = resolver.urlconf_module
    if package := package_of(getattr(module, "__name__", "")):
        path = str(resolver.pattern).strip("/")
        found[package] |= {name for name in (resolver.namespace, path) if name}


def names_one(text: str, names: set[str]) -> bool:
    """Whether a text names an app: as a whole, or where a module, label, URL name, template or path begins."""
    either = "|".join(sorted(map(re.escape, names)))
    return re.search(rf"^(?:{either})$|(?<![\w:./-])/?(?:dkbm\.)?(?:{either})(?:[.:]\w|/)", text) is not None


def texts_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of a module with its line; docstrings, also those of constants, are for people."""
    for_people = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in for_people:
            yield node.lineno, node.value


def found_in(tree: ast.Module, package: str) -> list[tuple[int, str]]:
    """Line and text of every string in a module of ``package`` that names an app above."""
    names = {name for upper in above(package) for name in names_by_package()[upper]}
    return [(line, text) for line, text in texts_of(tree) if names and names_one(text, names)]


def modules() -> list[Path]:
    return [path for path in python_files() if "/migrations/" not in str(path) and _package(path) not in {"", TOP}]


def _package(path: Path) -> str:
    return package_of(relative(path).removeprefix("platform/").removesuffix(".py").replace("/", "."))


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_module_names_no_app_above(path: Path) -> None:
    found = found_in(parsed(path), _package(path))
    assert [(line, text) for line, text in found if (relative(path), text) not in ALLOWED] == []


def test_nothing_is_allowed_that_is_not_there() -> None:
    for file, text in ALLOWED:
        assert text in {said for _line, said in found_in(parsed(ROOT / file), _package(ROOT / file))}


@pytest.mark.parametrize(
    ("package", "snippet"),
    [
        ("dkbm.tenancy", 'COMMON = {"goodpractice.eckpunkt": "shared"}'),
        ("dkbm.tenancy", 'WITH_ROOT = {"basepage.basepage"}'),
        ("dkbm.tenancy", 'if label == "forum": pass'),
        ("dkbm.tenancy", 'path = "dkbm.accounts.models"'),
        ("dkbm.cms", 'AREAS = (("Arbeitsgruppen", "/ag/"),)'),
        ("dkbm.cms", 'AREAS = (("Gute Praxis", "/katalog/"),)'),
        ("dkbm.cms", 'url = reverse("workgroups:list")'),
        ("dkbm.cms", 'url = f"/forum/{slug}/"'),
        ("dkbm.cms", 'render(request, "accounts/not_admitted.html")'),
        ("dkbm.cms", 'url = reverse("management:requests")'),
        ("dkbm.search", 'label = "events.event"'),
        ("dkbm.events", 'url = "/forum/"'),
        ("goodpractice", 'permission = "editorial.add_publication"'),
    ],
)
def test_names_of_apps_above_are_found(package: str, snippet: str) -> None:
    assert len(found_in(ast.parse(snippet), package)) == 1


@pytest.mark.parametrize(
    ("package", "snippet"),
    [
        ("dkbm.tenancy", '"""Filled by the forum: see forum.registrations."""'),
        ("dkbm.tenancy", 'LIST = ["wagtailcore.page", "auth.group"]'),
        ("dkbm.cms", 'names = {"wagtailadmin_pages:search", "wagtailsearch.indexentry"}'),
        ("dkbm.cms", 'text = "displayed on search engine results, and in the forum too."'),
        ("dkbm.events", 'label = "accounts.person"'),
        ("forum", 'url = reverse("workgroups:list")'),
    ],
)
def test_names_of_apps_below_and_words_of_language_are_left_alone(package: str, snippet: str) -> None:
    assert found_in(ast.parse(snippet), package) == []


def test_floors_and_names_are_read_from_where_they_are_declared() -> None:
    assert above("dkbm.core")[-1] == "dkbm.tenancy"
    assert "dkbm.cms" not in above("dkbm.live")
    assert names_by_package()["goodpractice"] == {"goodpractice", "katalog"}
    assert {"accounts", "management", "operation", "konto", "verwaltung", "betrieb"} <= names_by_package()[
        "dkbm.accounts"
    ]
    assert "basepage" in names_by_package()["dkbm.cms"]
