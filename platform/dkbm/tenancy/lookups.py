"""Conditions that are filled in when SQL is *compiled*.

Form classes and StreamField choosers keep querysets for the life of the process; a value put in when the
queryset is built would show the first network's rows to all others.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from .context import Everything, require

TRUE = "1=1"


class NetworkId(int):
    """The bound network among the parameters of a query: whoever keeps the SQL (``kept_queries``) fills it in anew."""


class _BoundLookup(models.Lookup):
    """Base: the right-hand side is ignored, the bound network is read at compile time."""

    prepare_rhs = False

    def get_prep_lookup(self) -> Any:
        return self.rhs

    def condition(self, table: str, column: str) -> tuple[str, int]:
        """``table``: quoted alias, ``column``: SQL of the left-hand side. Returns SQL, number of ids in it."""
        raise NotImplementedError

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        binding = require()
        if isinstance(binding, Everything):
            return TRUE, []
        column, params = self.process_lhs(compiler, connection)
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        sql, ids = self.condition(table, column)
        return sql, [*params, *[NetworkId(binding.id)] * ids]


class Bound(_BoundLookup):
    """``network_id`` of the row's table is the bound network; works on any column of that table.

    Wagtail's and Django's own tables have that column too, only the ORM does not know (``row_security``).
    """

    lookup_name = "bound"

    def condition(self, table: str, column: str) -> tuple[str, int]:
        return f'{table}."network_id" = %s', 1


class BoundOrRoot(_BoundLookup):
    """Like :class:`Bound`, and the tree's root, which belongs to nobody."""

    lookup_name = "bound_or_root"

    def condition(self, table: str, column: str) -> tuple[str, int]:
        return f'({table}."network_id" = %s OR {table}."network_id" IS NULL)', 1


class IsBound(_BoundLookup):
    """The column itself holds the network's id."""

    lookup_name = "is_bound"

    def condition(self, table: str, column: str) -> tuple[str, int]:
        return f"{column} = %s", 1


class BelongsToBound(_BoundLookup):
    """The column holds a person who belongs to the bound network, in whatever state."""

    lookup_name = "belongs_to_bound"

    def condition(self, table: str, column: str) -> tuple[str, int]:
        member = f'bm."person_id" = {column} AND bm."network_id" = %s'
        return f'EXISTS (SELECT 1 FROM "tenancy_membership" bm WHERE {member})', 1  # noqa: S608 - quoted by Django


def register() -> None:
    """Make the lookups known to every field class that can be a key."""
    for lookup in (Bound, BoundOrRoot, IsBound, BelongsToBound):
        models.Field.register_lookup(lookup)
        models.ForeignKey.register_lookup(lookup)
        models.OneToOneField.register_lookup(lookup)
