"""``import_catalogue`` and ``import_forum``: one file into one network, checked first, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import transaction

from dkbm.accounts.domain.functions import take_in_functions
from dkbm.cms.domain.tags import add_tags, tags_by_slug
from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.catalogue import load_items
from dkbm.imports.domain.common import load_vocabulary
from dkbm.imports.domain.forum import load_threads
from dkbm.imports.domain.known import known_now
from dkbm.imports.domain.sheets import Choices, read_sheet, write_template
from dkbm.imports.problems import BrokenData, Problem, with_lines
from dkbm.imports.reading import Read, lines_of, look_through
from dkbm.imports.references import Known, check_catalogue, check_forum
from dkbm.imports.schemas import CatalogueFile, ForumFile
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.commands import bound_to
from goodpractice.enums import Kind
from goodpractice.models import Phase, Programme


@transaction.atomic
def import_catalogue(path: Path, *, network: str) -> int:
    """Publish the file's entries in ``network``, whatever network they name. Returns their number.

    Lists that the file lacks (topics, phases, programmes) are those already loaded. A filled-in spreadsheet
    (``catalogue_template``) counts as a file. Raises :class:`BrokenData` for all faults, with their lines.
    """
    if path.suffix.lower() == ".xlsx":
        read, lines = read_sheet(path, _choices(network))
    else:
        read, lines = look_through(path, CatalogueFile), lines_of(path)
    known = _known_in(network, read)
    file = read.content
    if file is None:
        raise BrokenData(with_lines(read.problems, lines))
    new = file.model_copy(
        update={
            "phases": {key: label for key, label in file.phases.items() if key not in known.phases},
            "programmes": {key: label for key, label in file.programmes.items() if key not in known.programmes},
        }
    )
    known.add_catalogue(file)
    if problems := read.problems + check_catalogue(file, known, name=path.name, network=network):
        raise BrokenData(with_lines(problems, lines))
    load_vocabulary(new)
    with bound_to(network):
        add_tags(file.topics)
        load_items(file.transfergegenstaende, file=path.name)
    return len(file.transfergegenstaende)


def catalogue_template(path: Path, *, network: str) -> None:
    """Write an empty spreadsheet with what may be chosen in ``network``. Raises :class:`BrokenData`."""
    write_template(path, _choices(network))


def _choices(network: str) -> Choices:
    _refuse_unknown(network, known_now())
    with bound_to(network):
        topics = {slug: tag.name for slug, tag in tags_by_slug().items()}
    return {
        "municipalities": dict(Municipality.objects.values_list("slug", "name")),
        "kinds": {kind.value: str(kind.label) for kind in Kind},
        "topics": topics,
        "phases": dict(Phase.objects.values_list("slug", "title")),
        "programmes": dict(Programme.objects.values_list("slug", "title")),
        "visibility": {"bundesweit": "für alle", "netzwerk": "nur für Mitglieder"},
    }


@transaction.atomic
def import_forum(path: Path, *, network: str) -> int:
    """Load the file's threads into the spaces of ``network``. Returns their number.

    Related examples may be any network's: they are not shown. Raises :class:`BrokenData`.
    """
    read = look_through(path, ForumFile)
    known = _known_in(network, read)
    known.items = None
    file = read.content
    if file is None:
        raise BrokenData(read.problems)
    known.declare(file.functions, network)
    if problems := read.problems + check_forum(file, known, name=path.name, network=network):
        raise BrokenData(problems)
    with bound_to(network):
        take_in_functions(file.functions)
        load_threads(file.topics, Authors(), file=path.name)
    return len(file.topics)


def _known_in(network: str, read: Read[Any]) -> Known:
    """What entries of this network may refer to. Raises :class:`BrokenData` for an unknown network."""
    known = known_now()
    known.lost |= read.lost
    _refuse_unknown(network, known)
    with bound_to(network):
        known.topics = set(tags_by_slug())
    return known


def _refuse_unknown(network: str, known: Known) -> None:
    if network not in known.networks:
        names = ", ".join(sorted(known.networks)) or "keine"
        raise BrokenData([Problem("--network", "", f"das Netzwerk „{network}“ gibt es nicht; vorhanden: {names}")])
