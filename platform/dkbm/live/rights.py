"""What the database says of those who listen: asked for many sockets at once, with the network bound."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from dkbm.live.channels import Channel, find_channel
from dkbm.live.groups import group
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.models import Membership
from dkbm.tenancy.second_factor import SecondFactor, second_factors_of
from dkbm.tenancy.visitor import Visitor, visitor_with

_SESSIONS = KeptQuery(
    lambda: Session.objects.filter(session_key__any=Given("keys"), expire_date__gt=Given("now")).values_list(
        "session_key", "session_data"
    )
)
_MEMBERS = KeptQuery(
    lambda: Membership.objects.select_related("person").filter(
        person_id__any=Given("people"), person__is_active=True, state=MembershipState.ACTIVE
    )
)
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Question:
    """``session_key``: of the cookie with which the socket was opened. ``channels``: as pages call them."""

    session_key: str
    channels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """``visitor``: who listens, as they stand now, ``None`` when they must not.

    ``groups``: channel -> group, for those that they may hear; ``refused``: the other channels that were asked for.
    """

    visitor: Visitor | None = None
    groups: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def answer_each(questions: Sequence[Question]) -> list[Answer | Exception]:
    """:func:`answer_all`, with the error where there is no answer.

    One question that cannot be answered must not end the sockets of all; a database that is away does.
    """
    try:
        return [*answer_all(questions)]
    except Exception as error:
        if len(questions) == 1 or isinstance(error, DatabaseError):
            logger.exception("rights could not be read")
            return [error] * len(questions)
    return [each for question in questions for each in answer_each([question])]


def answer_all(questions: Sequence[Question]) -> list[Answer]:
    """In the order of the ``questions``: two queries for all, a third with managers, and those of the channels."""
    sessions = _sessions({question.session_key for question in questions})
    answers = [Answer(visitor) for visitor in _visitors([sessions.get(each.session_key, {}) for each in questions])]
    asked: dict[str, list[tuple[Answer, Visitor, str, Channel]]] = {}
    for question, answer in zip(questions, answers, strict=True):
        for name in question.channels:
            answer.refused.add(name)
            if answer.visitor and (channel := find_channel(name)):
                asked.setdefault(channel.prefix, []).append((answer, answer.visitor, name, channel))
    for prefix, rows in asked.items():
        may = rows[0][3].may_hear([(visitor, channel.id) for _answer, visitor, _name, channel in rows])
        for (answer, _visitor, name, channel), allowed in zip(rows, may, strict=True):
            if allowed:
                answer.groups[name] = group(prefix, channel.id)
                answer.refused.discard(name)
    return answers


def is_session_of(session: Mapping[str, Any], person: Any) -> bool:
    """Whether what a session holds is signed in as ``person``, in a way that is still one, with today's password."""
    if session.get(SESSION_KEY) != str(person.pk):
        return False
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return False
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    return any(constant_time_compare(session.get(HASH_SESSION_KEY, ""), each) for each in hashes)


def _sessions(keys: set[str]) -> dict[str, dict[str, Any]]:
    """Key -> what the session holds; as it is now, not as it was when the socket was opened."""
    rows = _SESSIONS.all(keys=list(keys), now=timezone.now())
    return {key: SessionStore().decode(data) for key, data in rows}


def _visitors(sessions: list[dict[str, Any]]) -> list[Visitor | None]:
    """Who is signed in, where it is an active member of the bound network, the account open, the password the one of
    today, the second factor passed where it is asked for. One visitor for each session: what they remember is theirs.
    """
    people = {UUID(session[SESSION_KEY]) for session in sessions if SESSION_KEY in session}
    members = {str(row.person_id): row for row in (_MEMBERS.all(people=list(people)) if people else [])}
    found = {
        place: visitor_with(row)
        for place, session in enumerate(sessions)
        if (row := members.get(session.get(SESSION_KEY, ""))) and is_session_of(session, row.person)
    }
    factors = second_factors_of([(sessions[place], visitor) for place, visitor in found.items()])
    enough = {place for place, factor in zip(found, factors, strict=True) if factor is SecondFactor.ENOUGH}
    return [found[place] if place in enough else None for place in range(len(sessions))]
