"""The functions that a network's people can have: seeded, taken in from files, and edited by its managers."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.functions import functions_by_key
from dkbm.accounts.domain.searching import index_people_with
from dkbm.accounts.enums import COMMON_FUNCTIONS
from dkbm.accounts.errors import FunctionRefusal, ensure
from dkbm.accounts.hooks import run_function_change
from dkbm.accounts.models import Function, Person, Profile
from dkbm.accounts.rules import may_change_function, may_manage_people
from dkbm.audit.log import record
from dkbm.cms.domain.edits import note_edit
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug
from dkbm.tenancy.locking import lock, lock_for
from dkbm.tenancy.visitor import Visitor

KEY_LENGTH = 50
"""Of keys made from labels: the field has room for a number behind it."""


@transaction.atomic
def seed_functions() -> None:
    """Give the bound network the common list. Again: what was renamed, retired or merged since stays so."""
    take_in_functions(COMMON_FUNCTIONS)


@transaction.atomic
def take_in_functions(declared: Mapping[str, str]) -> list[str]:
    """Add the functions (key -> label) that the bound network lacks; one that it knows keeps its own label.

    Where the label has a key already, the new key is another name of that function. Returns the labels of new ones.
    """
    known = functions_by_key()
    by_label = {function.label.casefold(): function for function in known.values()}
    place, new = _last_place(), list[str]()
    for slug, label in declared.items():
        if slug in known:
            continue
        place += 1
        row = Function(slug=slug, label=label, order=place)
        row.merged_into = by_label.get(label.casefold())
        row.is_offered = row.merged_into is None
        row.save()
        if row.is_offered:
            new.append(label)
            by_label[label.casefold()] = row
    return new


def chosen_function(slug: str) -> Function:
    """The function that this key means today, locked, so that no merging overtakes whoever is given it.

    Raises ``ValueError`` for a key that the bound network does not know.
    """
    function = functions_by_key().get(slug)
    if function is None:
        raise ValueError(_("Die Funktion „%(slug)s“ gibt es in diesem Netzwerk nicht.") % {"slug": slug})
    locked = lock(function)
    return locked if locked.merged_into_id is None else chosen_function(slug)


@transaction.atomic
def add_function(*, label: str, visitor: Visitor) -> Function:
    """A new function at the end of the list. Raises ``NotAllowed``, ``FunctionRefusal``."""
    ensure(may_manage_people(visitor))
    label = _free_label(label)
    base = german_slug(label, length=KEY_LENGTH) or "funktion"
    function = Function(slug=free_slug(base, Function.objects.all()), label=label, order=_last_place() + 1)
    _save(function)
    record(action="function.added", actor=visitor.person, title=label)
    return function


@transaction.atomic
def edit_function(*, function: Function, label: str, place: int, visitor: Visitor) -> Function:
    """Another label for everybody who has it, and another place in the list; the key stays.

    Raises ``NotAllowed``, ``FunctionRefusal``.
    """
    function = lock_for(visitor, function)
    ensure(may_manage_people(visitor))
    FunctionRefusal.insist(may_change_function(function))
    before, function.label = function.label, _free_label(label, besides=function)
    _put_at(function, place)
    note_edit(function, visitor=visitor)
    if function.label == before:
        return function
    _save(function)
    _show_anew(function)
    record(action="function.renamed", actor=visitor.person, title=function.label, before=before)
    return function


@transaction.atomic
def merge_functions(*, function: Function, into: Function, visitor: Visitor) -> Function:
    """Everybody with ``function`` has ``into`` from now on, and its key means that one; nothing is asked of anybody.

    Raises ``NotAllowed``, ``FunctionRefusal``.
    """
    # Both in one order, so that two managers who merge crosswise do not wait for each other.
    pair = Function.objects.select_for_update().filter(pk__in=[function.pk, into.pk]).order_by("pk")
    rows = {row.pk: row for row in pair}
    visitor.look_again()
    ensure(may_manage_people(visitor))
    function, into = rows[function.pk], rows[into.pk]
    FunctionRefusal.insist(may_change_function(function, ends=True))
    if into.pk == function.pk or not may_change_function(into, ends=True):
        raise FunctionRefusal(_("Bitte wählen Sie eine andere Funktion dieses Netzwerks."), field="into")
    function.merged_into, function.is_offered = into, False
    function.save()
    Profile.objects.filter(function=function).update(function=into)
    _show_anew(into, instead_of=function)
    record(action="function.merged", actor=visitor.person, title=into.label, before=function.label)
    return into


@transaction.atomic
def offer_function(*, function: Function, offered: bool, visitor: Visitor) -> Function:
    """Take it out of the choices, or put it back in; whoever has it keeps it.

    Raises ``NotAllowed``, ``FunctionRefusal``.
    """
    function = lock_for(visitor, function)
    ensure(may_manage_people(visitor))
    FunctionRefusal.insist(may_change_function(function, ends=True))
    if function.is_offered != offered:
        function.is_offered = offered
        function.save(update_fields=["is_offered"])
        action = "function.offered" if offered else "function.retired"
        record(action=action, actor=visitor.person, title=function.label)
    return function


def _last_place() -> int:
    return Function.objects.aggregate(last=Max("order"))["last"] or 0


def _free_label(label: str, besides: Function | None = None) -> str:
    """The label without stray spaces. Raises ``FunctionRefusal`` when another function of the list has it."""
    label = " ".join(label.split())
    for other in Function.objects.filter(merged_into=None):
        if other != besides and other.label.casefold() == label.casefold():
            text = _("Die Funktion „%(label)s“ gibt es schon.")
            if not other.is_offered:
                text = _("Die Funktion „%(label)s“ gibt es schon; sie wird nur nicht mehr angeboten.")
            raise FunctionRefusal(text % {"label": other.label}, field="label")
    return label


def _save(function: Function) -> None:
    """Two managers may ask for one label at the same moment: the second one reads that it is taken."""
    try:
        with transaction.atomic():
            function.save()
    except IntegrityError:
        text = _("Die Funktion „%(label)s“ wurde gerade angelegt.") % {"label": function.label}
        raise FunctionRefusal(text, field="label") from None


def _put_at(function: Function, place: int) -> None:
    """Let it be the ``place``-th of the list; the others keep their order."""
    others = list(Function.objects.select_for_update().filter(merged_into=None).exclude(pk=function.pk))
    others.insert(max(place, 1) - 1, function)
    for order, each in enumerate(others, start=1):
        if each.order != order:
            each.order = order
            each.save(update_fields=["order"])


def _show_anew(function: Function, instead_of: Function | None = None) -> None:
    """Names of authors, search entries, and what the apps above show, with the label of today."""
    authors = []
    profiles = Profile.objects.filter(function=function, person__stands_for_function=True)
    for profile in profiles.select_related("person", "function", "municipality"):
        profile.person.last_name = profile.organisation_line[:100]
        authors.append(profile.person)
    Person.objects.bulk_update(authors, ["last_name"])
    index_people_with(function)
    run_function_change(function, instead_of)
