"""``invented/people.yaml``: demo accounts, and what happened in the forum just before the demo was loaded."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from dkbm.core.typed_text import CHECKED_LINE
from dkbm.imports.schemas.base import Entry, Name, Slug, Stripped, Text, unique

Login = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$", max_length=60)]
"""The part of the address before ``@<network>.example.org``."""
DaysAgo = Annotated[float, Field(ge=0, le=3650)]


class Seat(Entry):
    group: Slug
    office: Literal["", "speaker", "deputy", "lead"] = ""


class Account(Entry):
    login: Login
    first_name: Name
    last_name: Name
    function: Slug
    municipality: Slug | None = None
    roles: list[Literal["editor", "manager"]] = []
    groups: list[Seat] = []
    joined: DaysAgo
    about: Text | None = None


class Waiting(Entry):
    """Somebody who asked for membership and has not been admitted yet."""

    login: Login
    first_name: Name
    last_name: Name
    function: Slug
    municipality: Slug | None = None
    choice: Slug


class FreshReply(Entry):
    author: Login
    days_ago: DaysAgo
    text: Text


class FreshTopic(Entry):
    """A thread that begins with ``text``, or, where one with this slug was loaded from a file, goes on."""

    slug: Slug
    space: Slug
    title: Annotated[Stripped, Field(max_length=160), CHECKED_LINE] | None = None
    author: Login | None = None
    days_ago: DaysAgo = 0
    tags: list[Slug] = []
    is_question: bool = False
    text: Text | None = None
    replies: list[FreshReply] = []


class NetworkPeople(Entry):
    slug: Slug
    accounts: Annotated[list[Account], AfterValidator(partial(unique, of="login"))]
    waiting: list[Waiting] = []
    topics: list[FreshTopic] = []


class PeopleFile(Entry):
    networks: Annotated[list[NetworkPeople], AfterValidator(unique)]
