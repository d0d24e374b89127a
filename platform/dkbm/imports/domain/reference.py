"""``load_reference``: a folder of files into the networks. All is checked first, then loaded in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from dkbm.accounts.domain.functions import take_in_functions
from dkbm.cms.domain.tags import add_tags
from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.catalogue import load_items
from dkbm.imports.domain.common import load_eckpunkte, load_municipalities, load_vocabulary
from dkbm.imports.domain.events import for_the_public, load_events
from dkbm.imports.domain.forum import load_threads
from dkbm.imports.domain.glossary import load_terms
from dkbm.imports.domain.known import known_now
from dkbm.imports.domain.naming import Say
from dkbm.imports.domain.networks import load_networks
from dkbm.imports.domain.publications import load_publications
from dkbm.imports.domain.workgroups import load_workgroups
from dkbm.imports.problems import BrokenData
from dkbm.imports.reading import Reference, read_directory
from dkbm.imports.references import HOME, check, group_slugs
from dkbm.tenancy.commands import bound_to
from dkbm.tenancy.hosts import all_networks


def load_reference(directory: Path, *, say: Say) -> None:
    """Load the folder's files; needs the owner's login. Twice loaded is the same as once.

    Raises :class:`BrokenData`; then nothing of any file has been loaded.
    """
    files = read_directory(directory)
    for name in files.left_out:
        say(f"{name}: gehört nicht hierher, bleibt liegen")
    load_files(files, say=say)


@transaction.atomic
def load_files(files: Reference, *, say: Say) -> None:
    """Files into the database. Raises :class:`BrokenData` for all their faults, references that lead nowhere too."""
    known = known_now()
    known.add(files)
    if problems := check(files, known):
        raise BrokenData(problems)
    _load_common(files, say)
    for slug in _networks_of(files):
        with bound_to(slug):
            _load_network(slug, files, say)


def _load_common(files: Reference, say: Say) -> None:
    if files.municipalities:
        load_municipalities(files.municipalities.municipalities)
        say(f"Kommunen: {len(files.municipalities.municipalities)}")
    if files.eckpunkte:
        load_eckpunkte(files.eckpunkte)
        say(f"Eckpunkte: {len(files.eckpunkte.eckpunkte)}")
    if files.transfergegenstaende:
        load_vocabulary(files.transfergegenstaende)
    if files.networks:
        load_networks(files.networks.networks)
        say(f"Netzwerke: {len(files.networks.networks)}")


def _networks_of(files: Reference) -> list[str]:
    """Those of the file; without it all that there are."""
    if files.networks:
        return [entry.slug for entry in files.networks.networks]
    return [network.slug for network in all_networks()]


def _load_network(slug: str, files: Reference, say: Say) -> None:
    """What belongs to the bound network, in the order in which it refers to each other."""
    counts: list[str] = []
    authors = Authors()
    catalogue, groups = files.transfergegenstaende, files.workgroups
    if files.forum_topics and slug == HOME:
        counts += _take_in(files.forum_topics.functions)
    if catalogue:
        add_tags(catalogue.topics)
        counts.append(f"{len(catalogue.topics)} Schlagwörter")
    if groups and (groups.network or HOME) == slug:
        load_workgroups(groups, authors)
        counts.append(f"{len(group_slugs(groups))} Gruppen")
    if catalogue and (items := _of(slug, catalogue.transfergegenstaende)):
        load_items(items)
        counts.append(f"{len(items)} Transfergegenstände")
    if files.forum_topics and slug == HOME:
        load_threads(files.forum_topics.topics, authors)
        counts.append(f"{len(files.forum_topics.topics)} Forenthemen")
    if files.events:
        counts += _load_events(_of(slug, files.events.events))
    if files.publications and (publications := _of(slug, files.publications.publications)):
        load_publications(publications, files)
        counts.append(f"{len(publications)} Publikationen")
    if files.glossary and (terms := _of(slug, files.glossary.terms)):
        load_terms(terms)
        counts.append(f"{len(terms)} Begriffe")
    say(f"{slug}: {', '.join(counts) or 'nichts'}")


def _take_in(functions: Mapping[str, str]) -> list[str]:
    new = take_in_functions(functions)
    return [f"neue Funktionen: {', '.join(new)}"] if new else []


def _load_events(entries: list[Any]) -> list[str]:
    load_events(entries)
    shown = len(for_the_public(entries))
    later = len(entries) - shown
    parts = [f"{shown} Veranstaltungen"] if shown else []
    return parts + ([f"{later} Sitzungen und Befragungen bleiben für später"] if later else [])


def _of(slug: str, entries: Iterable[Any]) -> list[Any]:
    """Entries of the network; those without one belong to its agency that collected them."""
    return [entry for entry in entries if (entry.network or HOME) == slug]
