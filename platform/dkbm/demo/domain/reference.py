"""``load_reference``: a folder of files into the networks. All is checked first, then loaded in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction

from dkbm.demo.domain.authors import Authors
from dkbm.demo.domain.common import load_municipalities
from dkbm.demo.domain.events import for_the_public, load_events
from dkbm.demo.domain.forum import load_threads
from dkbm.demo.domain.known import known_now
from dkbm.demo.domain.naming import Say
from dkbm.demo.domain.networks import load_networks
from dkbm.demo.domain.topics import load_topics
from dkbm.demo.domain.workgroups import load_workgroups
from dkbm.demo.problems import BrokenData
from dkbm.demo.reading import Reference, read_directory
from dkbm.demo.references import HOME, check, group_slugs
from dkbm.tenancy.commands import bound_to
from dkbm.tenancy.models import Network


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
    """Checked files into the database. Raises :class:`BrokenData` for references that lead nowhere."""
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
    if files.networks:
        load_networks(files.networks.networks)
        say(f"Netzwerke: {len(files.networks.networks)}")


def _networks_of(files: Reference) -> list[str]:
    """Those of the file; without it all that there are."""
    if files.networks:
        return [entry.slug for entry in files.networks.networks]
    return list(Network.objects.order_by("pk").values_list("slug", flat=True))


def _load_network(slug: str, files: Reference, say: Say) -> None:
    """What belongs to the bound network."""
    done: list[str] = []
    authors = Authors()
    if files.transfergegenstaende and files.transfergegenstaende.topics:
        load_topics(files.transfergegenstaende.topics)
        done.append(f"{len(files.transfergegenstaende.topics)} Themen")
    if files.workgroups and (files.workgroups.network or HOME) == slug:
        load_workgroups(files.workgroups, authors)
        done.append(f"{len(group_slugs(files.workgroups))} Gruppen")
    if files.forum_topics and slug == HOME:
        done.append(f"{len(load_threads(files.forum_topics.topics, authors))} Forenthemen")
    if files.events:
        done += _load_events(_of(slug, files.events.events))
    say(f"{slug}: {', '.join(done) or 'nichts Neues'}")


def _load_events(entries: list[Any]) -> list[str]:
    load_events(entries)
    shown = len(for_the_public(entries))
    later = len(entries) - shown
    parts = [f"{shown} Veranstaltungen"] if shown else []
    return parts + ([f"{later} Sitzungen und Befragungen bleiben für später"] if later else [])


def _of(slug: str, entries: Iterable[Any]) -> list[Any]:
    """Entries of the network; those without one belong to its agency that collected them."""
    return [entry for entry in entries if (entry.network or HOME) == slug]
