"""From a folder of YAML files to checked values. Nothing here touches the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import yaml

from .mending import names_in, read_as_far_as_possible
from .problems import BrokenData, Problem, name_of
from .schemas import (
    CatalogueFile,
    EckpunkteFile,
    Entry,
    EventsFile,
    ForumFile,
    GlossaryFile,
    MunicipalitiesFile,
    NetworksFile,
    PublicationsFile,
    WorkgroupsFile,
)

SCHEMAS: dict[str, type[Entry]] = {
    "networks": NetworksFile,
    "municipalities": MunicipalitiesFile,
    "eckpunkte": EckpunkteFile,
    "workgroups": WorkgroupsFile,
    "transfergegenstaende": CatalogueFile,
    "forum_topics": ForumFile,
    "events": EventsFile,
    "publications": PublicationsFile,
    "glossary": GlossaryFile,
}
"""Name of the file without ending -> what it may hold, in the order of loading."""

File = TypeVar("File", bound=Entry)


@dataclass(frozen=True)
class Read(Generic[File]):
    """What could be read of a file. ``content``: without the entries that ``problems`` names; ``None``: nothing of it.

    ``lost``: names that the file's entries have, the faulty ones too, so that a reference to them is no fault.
    """

    content: File | None
    problems: list[Problem]
    lost: frozenset[str | int] = frozenset()


@dataclass(frozen=True)
class Reference:
    """The files of one folder; ``None`` for those that are not there.

    ``problems``: what is wrong with the files taken by themselves; their faulty entries are left out.
    ``incomplete``: nothing could be made of one of the files, so nobody can tell which references lead nowhere.
    """

    networks: NetworksFile | None = None
    municipalities: MunicipalitiesFile | None = None
    eckpunkte: EckpunkteFile | None = None
    workgroups: WorkgroupsFile | None = None
    transfergegenstaende: CatalogueFile | None = None
    forum_topics: ForumFile | None = None
    events: EventsFile | None = None
    publications: PublicationsFile | None = None
    glossary: GlossaryFile | None = None
    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost: frozenset[str | int] = frozenset()
    incomplete: bool = False


class _Loader(yaml.CSafeLoader):
    """Safe, strict about doubled keys, and without YAML's times: ``12:30`` and ``2017-09-05`` stay texts."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:int"}
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?(0|[1-9][0-9_]*)$"), list("-+0123456789"))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"„{key}“ steht zweimal", key_node.start_mark)
        seen.add(key)
    return dict(loader.construct_mapping(node, deep=True))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_file(path: Path, schema: type[File]) -> File:
    """The checked values of one file. Raises :class:`BrokenData` that names every fault of the file's own."""
    read = look_through(path, schema)
    if read.problems or read.content is None:
        raise BrokenData(read.problems)
    return read.content


def look_through(path: Path, schema: type[File]) -> Read[File]:
    """The file's values and all its own faults."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        return Read(None, [Problem(path.name, "", "die Datei gibt es nicht")])
    except UnicodeDecodeError:
        return Read(None, [Problem(path.name, "", "die Datei ist kein Text in UTF-8")])
    except yaml.YAMLError as error:
        return Read(None, [Problem(path.name, "", _yaml_reason(error))])
    if not isinstance(data, dict):
        return Read(None, [Problem(path.name, "", "die Datei ist leer oder hält keine Schlüssel und Werte")])
    content, problems = read_as_far_as_possible(path.name, data, schema)
    return Read(content, problems, names_in(data) if problems else frozenset())


def lines_of(path: Path) -> dict[str, list[int]]:
    """Where the entries of a file begin, by the names that problems give them; nothing of a file that is no YAML."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return {}
    found: dict[str, list[int]] = {}
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        for position, row in enumerate(value.value if isinstance(value, yaml.SequenceNode) else ()):
            pairs = row.value if isinstance(row, yaml.MappingNode) else ()
            said = {str(each.value): text.value for each, text in pairs}
            found.setdefault(name_of(str(key.value), said, position), []).append(row.start_mark.line + 1)
    return found


def read_directory(directory: Path) -> Reference:
    """All files of a folder that are reference data, with the faults of all of them; see ``references.check``.

    Raises :class:`BrokenData` when there is no such file.
    """
    if not directory.is_dir():
        raise BrokenData([Problem(str(directory), "", "den Ordner gibt es nicht")])
    paths = {name: directory / f"{name}.yaml" for name in SCHEMAS}
    read = {name: look_through(path, SCHEMAS[name]) for name, path in paths.items() if path.exists()}
    if not read:
        names = ", ".join(f"{name}.yaml" for name in SCHEMAS)
        raise BrokenData([Problem(str(directory), "", f"der Ordner hält keine der Dateien {names}")])
    files: dict[str, Any] = {name: each.content for name, each in read.items()}
    return Reference(
        **files,
        left_out=tuple(sorted(path.name for path in directory.glob("*.yaml") if path.stem not in SCHEMAS)),
        problems=tuple(problem for each in read.values() for problem in each.problems),
        lost=frozenset(name for each in read.values() for name in each.lost),
        incomplete=any(each.content is None for each in read.values()),
    )


def _yaml_reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"Zeile {mark.line + 1}, Spalte {mark.column + 1}: " if mark else ""
    return f"{place}kein gültiges YAML ({getattr(error, 'problem', None) or error})"
