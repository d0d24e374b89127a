"""Which functions an AG is meant for: keys of ``accounts.Function``, foremost first, or words where none fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dkbm.accounts.domain.queries.functions import function_choices, function_labels, functions_by_key
from dkbm.accounts.models import Function
from dkbm.core.text import german_slug
from workgroups.domain.searching import index_group
from workgroups.models import Workgroup


def function_keys(texts: Iterable[str], *, before: Sequence[str] = ()) -> list[str]:
    """The key of each function given as key, label or a longer wording of it; the text itself where none fits.

    ``before``: what the group names already; it keeps its order, which the suggestion at sign-up follows.
    """
    known = functions_by_key()
    by_label = {function.label.casefold(): function for function in known.values()}
    keys = [_key(text.strip(), known, by_label) for text in texts if text.strip()]
    return list(dict.fromkeys([key for key in before if key in keys] + keys))


def _key(text: str, known: Mapping[str, Function], by_label: Mapping[str, Function]) -> str:
    if found := known.get(text) or by_label.get(text.casefold()):
        return found.slug
    words = german_slug(text).split("-")
    return next((known[word].slug for word in words if word in known), text)


def labels_of(keys: Sequence[str]) -> list[str]:
    """The functions in the network's words."""
    labels = function_labels() if keys else {}
    return [labels.get(key, key) for key in keys]


def choices_for(keys: Sequence[str]) -> list[tuple[str, str]]:
    """What the network offers, and what the group names besides: retired functions, and words that are none."""
    offered = function_choices()
    values = {value for value, _label in offered}
    others = [key for key in keys if key not in values]
    return [*offered, *zip(others, labels_of(others), strict=True)]


def function_changed(function: Function, instead_of: Function | None) -> None:
    """Groups that name a merged function name what took its place; all that name it are found by today's label."""
    if instead_of is not None:
        for group in Workgroup.objects.select_for_update().filter(member_functions__contains=[instead_of.slug]):
            keys = [function.slug if key == instead_of.slug else key for key in group.member_functions]
            group.member_functions = list(dict.fromkeys(keys))
            group.save(update_fields=["member_functions"])
    for group in Workgroup.objects.select_related("parent", "page").filter(member_functions__contains=[function.slug]):
        index_group(group)
