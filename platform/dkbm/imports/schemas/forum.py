"""``forum_topics.yaml``: threads of the members."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from dkbm.core.typed_text import CHECKED_LINE

from .base import Author, Day, Entry, FunctionKey, Line, Slug, Stripped, Text, unique

Title = Annotated[Stripped, Field(max_length=160), CHECKED_LINE]


class Reply(Entry):
    author: Author
    date: Day
    accepted: bool = False
    text: Text


class TopicEntry(Entry):
    slug: Slug
    workgroup: Slug
    subgroup: Slug | None = None
    title: Title
    author: Author
    created: Day
    tags: list[Slug] = []
    solved: bool = False
    related: list[Slug] = []
    post: Text
    replies: list[Reply] = []
    derived: bool = False


class ForumFile(Entry):
    """``functions``: key and label of those that authors have; what the network lacks, it gets."""

    functions: dict[FunctionKey, Line] = {}
    topics: Annotated[list[TopicEntry], AfterValidator(unique)]
