"""Rows of the forum."""

from .drafts import Draft
from .polls import Poll, PollVote
from .topics import (
    TEXT_FIELDS,
    HelpfulMark,
    Post,
    PostExample,
    PostMention,
    ReadState,
    Space,
    Subscription,
    Topic,
    TopicTag,
    page_of,
)

__all__ = [
    "TEXT_FIELDS",
    "Draft",
    "HelpfulMark",
    "Poll",
    "PollVote",
    "Post",
    "PostExample",
    "PostMention",
    "ReadState",
    "Space",
    "Subscription",
    "Topic",
    "TopicTag",
    "page_of",
]
