"""Do the files refer to things that exist? Against the other files and what is loaded already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from dkbm.accounts.enums import AGENCY, COMMON_FUNCTIONS

from .problems import Problem
from .reading import Reference
from .schemas import (
    CatalogueFile,
    EckpunkteFile,
    EventsFile,
    ForumFile,
    GlossaryFile,
    MunicipalitiesFile,
    PublicationsFile,
)
from .schemas import WorkgroupsFile as Groups
from .schemas.events import EventEntry
from .schemas.forum import TopicEntry

HOME = "niedersachsen"
"""Entries without a network belong here: its agency collected them (design, section 4)."""
COMMON_SPACE = "netzweit"


@dataclass
class Known:
    """Slugs that may be referred to. ``groups``: network -> slugs of its groups and of the space for all.

    ``functions``: network -> keys that it knows beside the common ones. ``lost``: names of entries that are left out
    because of other faults; a reference to them is none. ``items`` is ``None`` where nobody knows them: then
    references to them are not checked.
    """

    networks: set[str] = field(default_factory=set)
    municipalities: set[str] = field(default_factory=set)
    eckpunkte: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    phases: set[str] = field(default_factory=set)
    programmes: set[str] = field(default_factory=set)
    groups: dict[str, set[str]] = field(default_factory=dict)
    functions: dict[str, set[str]] = field(default_factory=dict)
    lost: set[str | int] = field(default_factory=set)
    items: set[str] | None = field(default_factory=set)

    def add(self, files: Reference) -> None:
        """What the files themselves bring."""
        self.lost |= files.lost
        if files.networks:
            self.networks |= {network.slug for network in files.networks.networks}
        if files.municipalities:
            self.municipalities |= {row.slug for row in files.municipalities.municipalities}
        if files.eckpunkte:
            self.eckpunkte |= {row.number for row in files.eckpunkte.eckpunkte}
        if files.workgroups:
            self.groups.setdefault(files.workgroups.network or HOME, set()).update(group_slugs(files.workgroups))
        if files.forum_topics:
            self.declare(files.forum_topics.functions, HOME)
        if files.transfergegenstaende:
            self.add_catalogue(files.transfergegenstaende)

    def add_catalogue(self, file: CatalogueFile) -> None:
        self.topics |= set(file.topics)
        self.phases |= set(file.phases)
        self.programmes |= set(file.programmes)
        if self.items is not None:
            self.items |= {item.slug for item in file.transfergegenstaende}

    def declare(self, functions: Iterable[str], network: str) -> None:
        """A file brings these functions to the network."""
        self.functions.setdefault(network, set()).update(functions)

    def functions_of(self, network: str) -> set[str]:
        return self.functions.get(network, set()) | set(COMMON_FUNCTIONS)

    def groups_of(self, network: str) -> set[str]:
        return self.groups.get(network, set()) | {COMMON_SPACE}


def group_slugs(file: Groups) -> set[str]:
    slugs = {group.slug for group in file.workgroups} | {group.slug for group in file.subgroups}
    return slugs | ({file.concept_group.slug} if file.concept_group else set())


class Checker:
    """Collects what one file refers to in vain."""

    def __init__(self, file: str, known: Known) -> None:
        self.file, self.known, self.problems = file, known, list[Problem]()
        self.entry = ""

    def need(self, values: Iterable[str | int | None], among: Collection[str | int], what: str) -> None:
        for value in values:
            if value is not None and value not in among and value not in self.known.lost:
                self.refuse(f"{what} „{value}“ gibt es nicht")

    def refuse(self, reason: str) -> None:
        problem = Problem(self.file, self.entry, reason)
        if problem not in self.problems:
            self.problems.append(problem)

    def network(self, slug: str | None) -> None:
        self.need([slug], self.known.networks, "das Netzwerk")

    def home(self, slug: str | None) -> None:
        """The network that the entry goes to."""
        self.network(slug or HOME)

    def municipality(self, *slugs: str | None) -> None:
        self.need(slugs, self.known.municipalities, "die Kommune")

    def topics(self, slugs: Iterable[str]) -> None:
        self.need(slugs, self.known.topics, "das Schlagwort")

    def groups(self, slugs: Iterable[str | None], network: str) -> None:
        self.need(slugs, self.known.groups_of(network), f"im Netzwerk „{network}“ die Gruppe")

    def items(self, slugs: Iterable[str | None]) -> None:
        if self.known.items is not None:
            self.need(slugs, self.known.items, "den Transfergegenstand")

    def author(self, name: str | None, network: str) -> None:
        """``function@municipality``, a function of ``network``; the agency's people stand with their network."""
        if name is None:
            return
        function, _at, place = name.partition("@")
        self.need([function], self.known.functions_of(network), "die Funktion")
        if function == AGENCY:
            self.network(place)
        else:
            self.municipality(place)


def check(files: Reference, known: Known) -> list[Problem]:
    """All faults of all files, their own and references that lead nowhere; ``known`` holds what the files bring."""
    problems = list(files.problems)
    if files.incomplete:
        return problems
    if files.municipalities:
        problems += check_municipalities(files.municipalities, known)
    if files.eckpunkte:
        problems += check_eckpunkte(files.eckpunkte, known)
    if files.workgroups:
        problems += check_workgroups(files.workgroups, known)
    if files.transfergegenstaende:
        problems += check_catalogue(files.transfergegenstaende, known)
    if files.forum_topics:
        problems += check_forum(files.forum_topics, known)
    if files.events:
        problems += check_events(files.events, known)
    if files.publications:
        problems += check_publications(files.publications, known)
    if files.glossary:
        problems += check_glossary(files.glossary, known)
    return problems


def check_municipalities(file: MunicipalitiesFile, known: Known) -> list[Problem]:
    checker = Checker("municipalities.yaml", known)
    for row in file.municipalities:
        checker.entry = f"municipalities „{row.slug}“"
        checker.network(row.network)
    return checker.problems


def check_eckpunkte(file: EckpunkteFile, known: Known) -> list[Problem]:
    checker = Checker("eckpunkte.yaml", known)
    for row in file.eckpunkte:
        checker.entry = f"eckpunkte „{row.slug}“"
        checker.items([row.example])
    return checker.problems


def check_workgroups(file: Groups, known: Known, *, name: str = "workgroups.yaml") -> list[Problem]:
    checker = Checker(name, known)
    checker.home(file.network)
    for group in file.workgroups:
        checker.entry = f"workgroups „{group.slug}“"
        checker.topics(topic.topic for topic in group.topics_so_far)
    own = {group.slug for group in file.workgroups}
    for subgroup in file.subgroups:
        checker.entry = f"subgroups „{subgroup.slug}“"
        checker.need([subgroup.workgroup], own, "in dieser Datei die Arbeitsgruppe")
        checker.author(subgroup.founder, file.network or HOME)
        checker.topics(subgroup.topics)
    for slug in _twice([*(group.slug for group in file.workgroups), *(group.slug for group in file.subgroups)]):
        checker.entry = f"subgroups „{slug}“"
        checker.refuse("das Kürzel hat schon eine andere Gruppe")
    return checker.problems


def _twice(slugs: list[str]) -> Iterator[str]:
    return (slug for slug in dict.fromkeys(slugs) if slugs.count(slug) > 1)


def check_catalogue(
    file: CatalogueFile, known: Known, *, name: str = "transfergegenstaende.yaml", network: str | None = None
) -> list[Problem]:
    """``network``: the one that all entries go to, whatever they name; without it each goes to its own."""
    checker = Checker(name, known)
    for item in file.transfergegenstaende:
        checker.entry = f"transfergegenstaende „{item.slug}“"
        checker.home(network or item.network)
        checker.municipality(item.municipality, *item.further_municipalities)
        checker.municipality(*(contact.municipality for contact in item.contacts or ()))
        checker.need(item.eckpunkte, known.eckpunkte, "den Eckpunkt")
        checker.topics(item.topics)
        checker.need(item.phases, known.phases, "die Phase")
        checker.need(item.programmes, known.programmes, "das Programm")
    return checker.problems


def check_forum(
    file: ForumFile, known: Known, *, name: str = "forum_topics.yaml", network: str | None = None
) -> list[Problem]:
    """``network``: the one that the threads go to; the reference data's own is that of their group."""
    checker = Checker(name, known)
    for topic in file.topics:
        checker.entry = f"topics „{topic.slug}“"
        checker.groups([topic.workgroup, topic.subgroup], network or HOME)
        checker.topics(topic.tags)
        checker.items(topic.related)
        for author in (topic.author, *(reply.author for reply in topic.replies)):
            checker.author(author, network or HOME)
        _check_thread(topic, checker)
    return checker.problems


def _check_thread(topic: TopicEntry, checker: Checker) -> None:
    days = [topic.created, *(reply.date for reply in topic.replies)]
    if days != sorted(days):
        checker.refuse("die Antworten stehen nicht in zeitlicher Folge")
    accepted = sum(reply.accepted for reply in topic.replies)
    if accepted != int(topic.solved):
        checker.refuse("genau eine Antwort trägt „accepted: true“, wenn „solved“ wahr ist, sonst keine")


def check_events(file: EventsFile, known: Known) -> list[Problem]:
    checker = Checker("events.yaml", known)
    for event in file.events:
        checker.entry = f"events „{event.slug}“"
        checker.home(event.network)
        checker.groups([event.workgroup], event.network or HOME)
        checker.municipality(event.municipality)
        _check_programme(event, checker)
    return checker.problems


def _check_programme(event: EventEntry, checker: Checker) -> None:
    for item in event.programme:
        checker.groups([item.workgroup], event.network or HOME)
        checker.author(item.lead, event.network or HOME)
        checker.topics(item.topics)
    sources = {"municipalities", *(f"programme/{item.slot}" for item in event.programme if item.slot)}
    questions = event.registration.questions if event.registration else []
    checker.need((question.options_from for question in questions), sources, "als Quelle der Auswahl")


def check_publications(file: PublicationsFile, known: Known) -> list[Problem]:
    checker = Checker("publications.yaml", known)
    for row in file.publications:
        checker.entry = f"publications „{row.slug}“"
        checker.home(row.network)
        checker.municipality(row.municipality)
        checker.groups(row.workgroups, row.network or HOME)
        checker.items(row.items)
        checker.topics(row.topics)
    return checker.problems


def check_glossary(file: GlossaryFile, known: Known) -> list[Problem]:
    checker = Checker("glossary.yaml", known)
    own = {row.slug for row in file.terms}
    for row in file.terms:
        checker.entry = f"terms „{row.slug}“"
        checker.home(row.network)
        checker.need(row.see_also, own, "in dieser Datei den Begriff")
    return checker.problems
