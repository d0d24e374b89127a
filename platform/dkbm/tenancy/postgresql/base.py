"""Tells the database session the bound network, lazily and only when it changed.

Lock 2 lives in the database (``row_security``); this is the wire to it. Roles, by binding:

==============  =======================  ==========================================
bound           role                     ``dkbm.network``
==============  =======================  ==========================================
one network     app                      its id
ALL             ops (reads, no writes)   empty: an error where a policy looks at it
ALL, as owner   the login itself         empty, or the id that it writes to
unbound         app                      empty
==============  =======================  ==========================================

Where the process has a login of its own for reading everything (``reading``), the second line is that login, and the
app's own session stays without a network.

They belong to the session and not to a transaction: who shares sessions has to take them off (``pool``), and a pooler
between us and the database, which would not, is refused.
"""

from __future__ import annotations

import os
from typing import Any, ClassVar

from django.conf import settings
from django.db import OperationalError, connections
from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.pq import TransactionStatus

from dkbm.tenancy.context import BoundNetwork, Everything, current

from .pool import is_alive
from .reading import READING


class PoolerInFront(OperationalError):
    """The session that answers is not the one that was signed in to: one of another client may be next."""


PREPARED_AFTER, MOST_PREPARED = 2, 300
"""A statement of :meth:`DatabaseWrapper.prepared_cursor` is prepared when it comes again so often, and so many are:
more than there are kept queries, whose numbers come in several widths. All others go without, as Django wants it."""


class _Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> Any:
        """For Django's log: a prepared statement is sent by its name."""
        if isinstance(cursor, base.ServerBindingCursor):
            return sql
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend plus :meth:`_tell_network` before every cursor."""

    ops_class = _Operations
    _connection_pools: ClassVar[dict[str, Any]] = {}
    _session_says: tuple[str, str] | None = None
    _is_telling = False

    def _session_should_say(self) -> tuple[str, str]:
        """Role and network id that the session should have; an empty role is the login itself."""
        if self.alias == READING:
            return "", ""
        binding = current()
        if isinstance(binding, BoundNetwork):
            return settings.DATABASE_APP_ROLE, str(binding.id)
        if isinstance(binding, Everything):
            network = "" if binding.writes_to is None else str(binding.writes_to)
            if binding.as_owner:
                return "", network
            return settings.DATABASE_APP_ROLE if READING in settings.DATABASES else settings.DATABASE_OPS_ROLE, ""
        return settings.DATABASE_APP_ROLE, ""

    def _tell_network(self) -> None:
        wanted = self._session_should_say()
        if wanted == self._session_says or self._is_telling or self.connection is None:
            return
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return  # only a rollback is possible now, and it makes us tell again
        role, network = wanted
        self._is_telling = True
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_backend_pid(), set_config('role', %s, false), set_config('dkbm.network', %s, false)",
                    [role or "none", network],
                )
                (backend, *_told) = cursor.fetchone()
            # A pooler hands out process numbers of its own.
            if backend != self.connection.info.backend_pid:
                raise PoolerInFront("DATABASE_URL leads to a pooler (pgbouncer); it must lead to PostgreSQL itself.")
            self._session_says = wanted
        finally:
            self._is_telling = False

    def create_cursor(self, name: str | None = None) -> Any:
        self._tell_network()
        return super().create_cursor(name)

    def prepared_cursor(self) -> Any:
        """As ``cursor()``, for statements that stay the same: PostgreSQL reads and plans each once a connection.

        Plans hold no network: policies ask the session anew, and a plan made for another role is made again.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            self._tell_network()
            assert self.connection is not None
            cursor = base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]

    # SET is transactional: whatever was told inside may be undone by a rollback.
    def _rollback(self) -> Any:
        self._session_says = None
        return super()._rollback()  # type: ignore[misc]

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._session_says = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Of the pool's connections one that works. Those that the database has ended are replaced by the pool.

        Its own check (``CONN_HEALTH_CHECKS``) pauses for a second, then for two, after each dead one: when the
        database starts anew all are dead, and the requests would give up.
        """
        self._session_says = None
        connection = super().get_new_connection(conn_params)
        while self.pool and not is_alive(connection):
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        connection.prepare_threshold, connection.prepared_max = PREPARED_AFTER, MOST_PREPARED
        return connection

    def close(self) -> None:
        self._session_says = None
        super().close()


_of_the_parent: list[Any] = []


def leave_pools_to_the_parent() -> None:
    """After a fork: the sessions belong to the parent, and the threads that serve its pool are not here.

    They are kept, for whoever throws one away ends the parent's session. The child opens a pool of its own.
    """
    for wrapper in connections.all(initialized_only=True):
        if isinstance(wrapper, DatabaseWrapper) and wrapper.pool:
            _of_the_parent.append(wrapper.connection)
            wrapper.connection = None
    _of_the_parent.extend(DatabaseWrapper._connection_pools.values())
    DatabaseWrapper._connection_pools.clear()


os.register_at_fork(after_in_child=leave_pools_to_the_parent)
