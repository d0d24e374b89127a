"""Who imports whom, file by file: read from the source, so that a made-up house can be looked at too."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache

from tests.architecture.source import ROOT, python_files

Sources = Mapping[str, str]
"""Module -> its source; a package's own file stands under ``package.__init__``."""


@cache
def own_sources() -> Sources:
    """The product's modules, migrations left out."""
    found = {}
    for path in python_files():
        if "migrations" not in path.parts:
            name = path.relative_to(ROOT).with_suffix("").as_posix().removeprefix("platform/")
            found[name.replace("/", ".")] = path.read_text(encoding="utf-8")
    return found


def app_of(module: str) -> str:
    """``dkbm.events`` for ``dkbm.events.domain.imports``, ``forum`` for ``forum.views.posts``."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "dkbm" else parts[0]


def room_of(module: str) -> str:
    """The file or folder directly below the app: ``domain``, ``views``; ``urls`` for all files of URLs."""
    room = module.removeprefix(app_of(module)).lstrip(".").split(".")[0]
    return "urls" if room.startswith("urls") else room


def imports(sources: Sources) -> dict[str, set[str]]:
    """Module -> the modules of the same house that it imports, also inside functions and for types."""
    return {module: set(_imported(module, text, sources)) for module, text in sources.items()}


def _imported(module: str, text: str, sources: Sources) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [_file(alias.name, sources) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = _base(module, node)
            found += [_file(f"{base}.{alias.name}", sources) or _file(base, sources) for alias in node.names]
    return [name for name in found if name and name != module]


def _base(module: str, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    parents = module.split(".")[: -node.level]
    return ".".join([*parents, *([node.module] if node.module else [])])


def _file(name: str, sources: Sources) -> str:
    if name in sources:
        return name
    package = f"{name}.__init__"
    return package if package in sources else ""


def cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of modules of which each leads to each other one (Tarjan 1972, without recursion over the whole house)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(name: str) -> None:
        order[name] = low[name] = len(order)
        stack.append(name)
        for target in graph.get(name, ()):
            if target not in order:
                visit(target)
                low[name] = min(low[name], low[target])
            elif target in stack:
                low[name] = min(low[name], order[target])
        if low[name] == order[name]:
            group = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(sorted(group))

    for name in graph:
        if name not in order:
            visit(name)
    return found
