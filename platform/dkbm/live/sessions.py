"""Sessions in the database whose sockets end with them: ``SESSION_ENGINE``."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.tenancy.kept_queries import Given, KeptQuery

_OPEN = KeptQuery(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now"))[:1])


class SessionStore(db.SessionStore):
    """Signing out, a new key, and whatever else ends a session deletes it.

    Told then and not at Django's signal of signing out: at that moment the session is still there.
    """

    def _get_session_from_db(self) -> Session | None:
        """As Django's, which every page asks."""
        row = _OPEN.first(key=self.session_key, now=timezone.now())
        if row is None:
            self._session_key = None
        return row

    def delete(self, session_key: str | None = None) -> None:
        person_id = self._person_of(session_key or self.session_key)
        super().delete(session_key)
        if person_id:
            rights_changed_on_commit(person_id)

    def _person_of(self, session_key: str | None) -> str:
        """Read anew: who signs out has emptied the session already."""
        row = self.model.objects.filter(session_key=session_key).first() if session_key else None
        return str(self.decode(row.session_data).get(SESSION_KEY, "")) if row else ""
