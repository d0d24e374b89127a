"""Queries that pages ask again and again: their SQL is put together once a process, and planned once a connection.

Putting a queryset together and compiling it takes Python several times as long as PostgreSQL needs to answer it. A
:class:`KeptQuery` does it at the first question; what differs from question to question is :class:`Given`::

    _OWN = KeptQuery(lambda: Membership.objects.filter(person_id=Given("person")))
    _OWN.first(person=person.pk)

Only SQL is kept, never a row. The network is filled in anew each time, as for every other query (``lookups``), and the
policies of the database hold besides. What a build function says is frozen: no time, no network, nothing of a visitor
may stand in it (``tests/tenancy/test_kept_queries.py`` puts each together twice, in two networks at two times).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, ForeignKey, Lookup, OneToOneField, QuerySet, prefetch_related_objects
from django.db.models.sql.compiler import SQLCompiler

from .context import require_network
from .lookups import NetworkId

T = TypeVar("T")


@dataclass(frozen=True)
class Blank:
    """Stands among the parameters of kept SQL where a value has to be given."""

    name: str


class Given(Expression):
    """A value of a kept query; each question names it."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [Blank(self.name)]

    def get_group_by_cols(self) -> list[Any]:
        return []


class AnyOf(Lookup):
    """``pk__any=Given("ids")``: among a list, which is one parameter however long it is."""

    lookup_name = "any"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*left_params, *right_params]


for _kind in (Field, ForeignKey, OneToOneField):
    _kind.register_lookup(AnyOf)

KNOWN: list[KeptQuery[Any]] = []
"""All of them, for the test that looks for what must not be kept."""


class KeptQuery(Generic[T]):
    """``build``: makes the queryset, with all that never changes. Rows come as that queryset gives them."""

    def __init__(self, build: Callable[[], QuerySet[Any, T]]) -> None:
        self._build = build
        self._form: _Form | None = None
        KNOWN.append(self)

    def all(self, **given: Any) -> list[T]:
        """One query, and those of ``prefetch_related``. Raises ``NoNetwork`` where not exactly one is bound."""
        network_id = require_network().id
        form = self._form
        if form is None:
            form = self._form = _Form(self._build())
        return form.rows(network_id, given)

    def first(self, **given: Any) -> T | None:
        """The first row; ``build`` says by ``[:1]`` that there is no more than one to read."""
        return next(iter(self.all(**given)), None)

    def sql(self) -> tuple[str, tuple[Any, ...]]:
        """Put together anew, with blanks for network and values."""
        form = _Form(self._build())
        return form.sql, form.params


class _Form:
    """A queryset that is compiled already. Read by all threads, changed by none."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.queryset = queryset
        self.prefetch: tuple[Any, ...] = queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = self.compiler.as_sql()
        self.sql = sql
        self.params = tuple(Blank("") if isinstance(each, NetworkId) else each for each in params)
        self.names = {each.name for each in self.params if isinstance(each, Blank)} - {""}
        selected = [column for column, *_rest in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(selected)

    def rows(self, network_id: int, given: Mapping[str, Any]) -> list[Any]:
        if not self.names <= given.keys():
            raise TypeError(f"The query needs {sorted(self.names)}, and was given {sorted(given)}.")
        params = [self._filled(each, network_id, given) for each in self.params]
        # A queryset of the same kind, without the costly copy of its query.
        asked = self.queryset.__class__.__new__(self.queryset.__class__)
        asked.__dict__.update(self.queryset.__dict__, _query=_Asked(self, params), _result_cache=None)
        rows = list(asked._iterable_class(asked))  # type: ignore[call-overload]
        if self.prefetch and rows:
            prefetch_related_objects(rows, *self.prefetch)
        return rows

    def _filled(self, param: Any, network_id: int, given: Mapping[str, Any]) -> Any:
        if not isinstance(param, Blank):
            return param
        return given[param.name] if param.name else network_id


class _Asked:
    """What Django's iterables want of a queryset's query: all as it was, but the compiler."""

    def __init__(self, form: _Form, params: list[Any]) -> None:
        self._form, self._params = form, params

    def get_compiler(self, using: str | None = None, **_kwargs: Any) -> _KeptCompiler:
        return _KeptCompiler(self._form, self._params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._form.queryset.query, name)


class _KeptCompiler(SQLCompiler):
    """Knows what the form's compiler has found out, and asks on this thread's connection."""

    def __init__(self, form: _Form, params: list[Any]) -> None:
        self.__dict__.update(form.compiler.__dict__, connection=connections[DEFAULT_DB_ALIAS])
        self._form, self._params = form, params

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return self._form.sql, self._params

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        with self.connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(self._form.sql, self._params)
            rows = cursor.fetchall()
        # Columns that are there for the order alone stand last.
        return [[row[: self.col_count] for row in rows] if self.has_extra_select else rows]

    def get_converters(self, expressions: Any) -> Any:
        return self._form.converters
