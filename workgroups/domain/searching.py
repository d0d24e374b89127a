"""Groups in the search index: AGs are public, sub-groups are found by the members of their AG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dkbm.accounts.domain.queries.functions import function_labels
from dkbm.search.domain.index import index_object
from dkbm.search.registry import Entry
from workgroups.facets import WORKGROUP, workgroup_values
from workgroups.models import Workgroup, WorkgroupPage

TYPE = "workgroup"


def index_group(group: Workgroup) -> None:
    """Write the group's entry, in the transaction of its change."""
    index_object(
        type=TYPE, key=str(group.pk), entry=entry_of(group, function_labels() if group.member_functions else {})
    )


def index_group_of_page(page: WorkgroupPage) -> None:
    """The text was published or withdrawn."""
    group = Workgroup.objects.select_related("parent", "page").filter(page_id=page.pk).first()
    if group is not None:
        index_group(group)


def entries() -> Iterator[Entry]:
    """Every group of the bound network, for rebuilding."""
    labels = function_labels()
    for group in Workgroup.objects.select_related("parent", "page").order_by("pk").iterator():
        yield entry_of(group, labels)


def entry_of(group: Workgroup, labels: Mapping[str, str]) -> Entry:
    """``labels``: of the functions that an AG names."""
    inner = group.is_subgroup
    return Entry(
        type=TYPE,
        key=str(group.pk),
        slug=group.slug,
        title=group.title,
        body=_body(group, labels),
        url=group.get_absolute_url(),
        visibility="group" if inner else "public",
        group_id=group.parent_id if inner else None,
        date=group.founded,
        facets={WORKGROUP: workgroup_values(group)},
    )


def _body(group: Workgroup, labels: Mapping[str, str]) -> str:
    """What an AG says about itself is public; the entry of a sub-group is for the AG's members alone."""
    parts = [group.description, *(labels.get(key, key) for key in group.member_functions)]
    parts += [group.question, group.expected_result, group.result]
    if group.page is not None and group.page.live and group.page.introduction != group.description:
        parts.append(group.page.introduction)
    return "\n".join(part for part in parts if part)
