"""From a folder of YAML files to checked values. Nothing here touches the database."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from .problems import BrokenData, Problem, from_validation
from .schemas import (
    CatalogueFile,
    EckpunkteFile,
    Entry,
    EventsFile,
    ForumFile,
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
}
"""Name of the file without ending -> what it may hold, in the order of loading."""

File = TypeVar("File", bound=Entry)


@dataclass(frozen=True)
class Reference:
    """The files of one folder; ``None`` for those that are not there."""

    networks: NetworksFile | None = None
    municipalities: MunicipalitiesFile | None = None
    eckpunkte: EckpunkteFile | None = None
    workgroups: WorkgroupsFile | None = None
    transfergegenstaende: CatalogueFile | None = None
    forum_topics: ForumFile | None = None
    events: EventsFile | None = None
    publications: PublicationsFile | None = None
    left_out: tuple[str, ...] = ()


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
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise BrokenData([Problem(path.name, "", "die Datei gibt es nicht")]) from None
    except UnicodeDecodeError:
        raise BrokenData([Problem(path.name, "", "die Datei ist kein Text in UTF-8")]) from None
    except yaml.YAMLError as error:
        raise BrokenData([Problem(path.name, "", _yaml_reason(error))]) from error
    if not isinstance(data, dict):
        raise BrokenData([Problem(path.name, "", "die Datei ist leer oder hält keine Schlüssel und Werte")])
    try:
        return schema.model_validate(data)
    except ValidationError as error:
        raise BrokenData(from_validation(path.name, data, error)) from error


def read_directory(directory: Path) -> Reference:
    """All files of a folder that are reference data. Raises :class:`BrokenData` with the faults of all of them."""
    if not directory.is_dir():
        raise BrokenData([Problem(str(directory), "", "den Ordner gibt es nicht")])
    files: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, schema in SCHEMAS.items():
        path = directory / f"{name}.yaml"
        if not path.exists():
            continue
        try:
            files[name] = read_file(path, schema)
        except BrokenData as error:
            problems += error.problems
    if problems:
        raise BrokenData(problems)
    if not files:
        names = ", ".join(f"{name}.yaml" for name in SCHEMAS)
        raise BrokenData([Problem(str(directory), "", f"der Ordner hält keine der Dateien {names}")])
    left_out = sorted(path.name for path in directory.glob("*.yaml") if path.stem not in SCHEMAS)
    return Reference(**files, left_out=tuple(left_out))


def _yaml_reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"Zeile {mark.line + 1}, Spalte {mark.column + 1}: " if mark else ""
    return f"{place}kein gültiges YAML ({getattr(error, 'problem', None) or error})"
