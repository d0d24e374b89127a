"""Reads about the functions of the bound network."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from dkbm.accounts.domain.queries.membership import active_members
from dkbm.accounts.enums import AGENCY
from dkbm.accounts.models import Function, Profile


@dataclass(frozen=True)
class FunctionRow:
    """``people``: active members who have it."""

    function: Function
    people: int


def function_rows() -> list[FunctionRow]:
    """The network's functions in their order, retired ones too, without those that were merged; two queries."""
    members = active_members().order_by().values("person_id")
    people = Profile.objects.filter(person_id__in=members).order_by().values_list("function").annotate(Count("pk"))
    counts = dict(people)
    return [FunctionRow(function, counts.get(function.pk, 0)) for function in Function.objects.filter(merged_into=None)]


def people_with(function: Function) -> int:
    members = active_members().order_by().values("person_id")
    return Profile.objects.filter(function=function, person_id__in=members).count()


def others_than(function: Function) -> QuerySet[Function]:
    """What it may be merged into. The agency's function is for the agency's people alone."""
    return Function.objects.filter(merged_into=None).exclude(pk=function.pk).exclude(slug=AGENCY)


def function_choices(kept: str = "") -> list[tuple[str, str]]:
    """Key and label of what the network offers; ``kept``: the key of a retired one that somebody has already."""
    offered = Function.objects.filter(merged_into=None)
    return [(each.slug, each.label) for each in offered if each.is_offered or each.slug == kept]


def functions_by_key() -> dict[str, Function]:
    """Every key of the network with the function that it means today: a merged one's key means what took its place."""
    rows = {row.pk: row for row in Function.objects.all()}
    return {row.slug: _today(row, rows) for row in rows.values()}


def function_labels() -> dict[str, str]:
    """Every key of the network with the label that it has today; one query."""
    return {slug: function.label for slug, function in functions_by_key().items()}


def _today(function: Function, rows: dict[int, Function]) -> Function:
    while function.merged_into_id is not None:
        function = rows[function.merged_into_id]
    return function
