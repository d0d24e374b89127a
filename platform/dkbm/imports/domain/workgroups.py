"""AGs, concept group and sub-groups of the bound network."""

from __future__ import annotations

from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming
from dkbm.imports.schemas import WorkgroupsFile
from dkbm.imports.schemas.workgroups import ConceptGroup, SubgroupEntry, WorkgroupEntry
from forum.domain.spaces import network_space, space_of
from workgroups.domain.imports import import_subgroup, import_workgroup
from workgroups.enums import GroupKind
from workgroups.models import Workgroup


def load_workgroups(file: WorkgroupsFile, authors: Authors, *, name: str = "workgroups.yaml") -> None:
    """Groups with their forum spaces. Members, offices and pages that are there already stay."""
    ledger, present = Ledger("gruppe"), set(Workgroup.objects.values_list("slug", flat=True))
    concept = [file.concept_group] if file.concept_group else []
    entries: list[WorkgroupEntry | ConceptGroup | SubgroupEntry] = [*file.workgroups, *concept, *file.subgroups]
    for entry in entries:
        with naming(name, entry.slug):
            if not ledger.is_loaded(entry.slug, entry, present=present):
                space_of(_save(entry, authors))
                ledger.note(entry.slug, entry)
    if file.common_space:
        space = network_space()
        space.name = file.common_space.name
        space.save(update_fields=["name"])


def _save(entry: WorkgroupEntry | ConceptGroup | SubgroupEntry, authors: Authors) -> Workgroup:
    if isinstance(entry, SubgroupEntry):
        return _subgroup(entry, authors)
    return _workgroup(entry) if isinstance(entry, WorkgroupEntry) else _concept_group(entry)


def _workgroup(entry: WorkgroupEntry) -> Workgroup:
    return import_workgroup(
        slug=entry.slug,
        name=entry.name,
        number=entry.number,
        description=entry.description,
        aims=entry.aims,
        founded=entry.founded,
        member_functions=entry.member_functions,
    )


def _concept_group(entry: ConceptGroup) -> Workgroup:
    return import_workgroup(
        slug=entry.slug,
        name=entry.name,
        kind=GroupKind.CONCEPT,
        description=entry.description,
        founded=entry.first_meeting,
    )


def _subgroup(entry: SubgroupEntry, authors: Authors) -> Workgroup:
    return import_subgroup(
        workgroup=Workgroup.objects.get(slug=entry.workgroup),
        slug=entry.slug,
        title=entry.title,
        question=entry.question,
        expected_result=entry.expected_result,
        founder=authors.find(entry.founder),
        founded=entry.founded,
        closed=entry.closed,
        result=entry.result or "",
    )
