"""``load_demo``: the project's own reference data, accounts for everybody who wants to look around, fresh posts."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from dkbm.accounts.domain.functions import take_in_functions
from dkbm.demo.domain.people import have_read_everything, load_operator, load_people, load_provider
from dkbm.demo.domain.showcase import with_open_registration, write_fresh_posts
from dkbm.demo.schemas import NetworkPeople, PeopleFile
from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.forum import load_threads
from dkbm.imports.domain.known import known_now
from dkbm.imports.domain.naming import Say
from dkbm.imports.domain.reference import load_files
from dkbm.imports.domain.workgroups import load_workgroups
from dkbm.imports.models import LoadedEntry
from dkbm.imports.problems import BrokenData
from dkbm.imports.reading import read_directory, read_file
from dkbm.imports.references import HOME, check_forum, check_workgroups, group_slugs
from dkbm.imports.schemas import ForumFile, WorkgroupsFile
from dkbm.tenancy.commands import bound_to, bound_to_platform

HERE = Path(__file__).resolve().parent.parent
DATA = HERE / "data"
INVENTED = HERE / "invented"
INVENTED_NETWORK = "bayern"
MARKER = {"kind": "vorfuehrung", "key": "geladen"}
PAUSE_BEFORE_POSTS = "mitglied"
"""This account was here before the fresh posts were written, so they are new to it."""


def is_loaded() -> bool:
    """The demo has been loaded into this database."""
    return bool(LoadedEntry.objects.filter(network__slug=HOME, **MARKER).exists())


@transaction.atomic
def load_demo(*, say: Say) -> bool:
    """Load all of it once, in one transaction; ``False`` where that has been done. Needs the owner's login.

    Raises :class:`BrokenData`.
    """
    if is_loaded():
        return False
    load_files(with_open_registration(read_directory(DATA), timezone.localdate()), say=say)
    load_invented_network(say)
    for entry in read_file(INVENTED / "people.yaml", PeopleFile).networks:
        with bound_to(entry.slug):
            _load_people(entry)
        say(f"{entry.slug}: {len(entry.accounts)} Konten, {len(entry.topics)} frische Forenthemen")
    with bound_to_platform():
        load_provider(load_operator())
    with bound_to(HOME):
        LoadedEntry.objects.create(digest="", **MARKER)
    return True


def load_invented_network(say: Say) -> None:
    """One AG, a sub-group and threads for a network of which the sources tell little. Raises :class:`BrokenData`."""
    groups = read_file(INVENTED / "bayern_workgroups.yaml", WorkgroupsFile)
    threads = read_file(INVENTED / "bayern_forum_topics.yaml", ForumFile)
    known = known_now()
    known.groups.setdefault(INVENTED_NETWORK, set()).update(group_slugs(groups))
    known.declare(threads.functions, INVENTED_NETWORK)
    problems = check_workgroups(groups, known, name="bayern_workgroups.yaml")
    problems += check_forum(threads, known, name="bayern_forum_topics.yaml", network=INVENTED_NETWORK)
    if problems:
        raise BrokenData(problems)
    with bound_to(INVENTED_NETWORK):
        take_in_functions(threads.functions)
        authors = Authors()
        load_workgroups(groups, authors, name="bayern_workgroups.yaml")
        load_threads(threads.topics, authors, file="bayern_forum_topics.yaml")
    say(f"{INVENTED_NETWORK}: {len(group_slugs(groups))} Gruppen, {len(threads.topics)} Forenthemen (erfunden)")


def _load_people(entry: NetworkPeople) -> None:
    people = load_people(entry)
    if PAUSE_BEFORE_POSTS in people:
        have_read_everything(people[PAUSE_BEFORE_POSTS])
    write_fresh_posts(entry, people)
