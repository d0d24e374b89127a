"""Small fixed sets and numbers of the forum."""

from django.db import models
from django.utils.translation import gettext_lazy as _

NETWORK_SPACE = "netzweit"
"""Slug of the one space that is open to all members of a network."""

REPLY_KIND, TOPIC_KIND, DELETED_KIND = "forum.reply", "forum.topic", "forum.deleted"
MENTION_KIND, ACCEPTED_KIND, POLL_KIND = "forum.mention", "forum.accepted", "forum.poll_ended"
"""What people are told of, see ``domain/mails.py``."""

MAX_POST = 20_000
"""Characters of one post."""

MAX_TITLE = 160
MIN_OPTIONS, MAX_OPTIONS, MAX_OPTION = 2, 20, 200
"""Options of one poll, and characters of one of them."""
MAX_POLLS = 10
"""In one topic."""
MAX_DRAFT, MAX_DRAFT_LINE = 100_000, 500
"""Characters that a draft keeps of a text, and of a line."""
DRAFT_DAYS = 90
"""So long a draft is kept that nobody goes on with."""
MAX_MENTIONS = 20
"""People and offices that one post may name."""
POSTS_PER_PAGE = 50
TOPICS_PER_PAGE = 25
MOST_COUNTED = 100
"""From here on news are no longer counted: "99+"."""
MISSED_AT_ONCE = 200
"""Posts that an open page fetches with one request; it asks again while there are more."""


class TopicFilter(models.TextChoices):
    """What a space's list shows (``?zeigen=``)."""

    ALL = "alle", _("Alle Themen")
    UNANSWERED = "unbeantwortet", _("Noch ohne Antwort")
    SOLVED = "beantwortet", _("Beantwortet")
    MINE = "von-mir", _("Mit Beiträgen von mir")


class TopicOrder(models.TextChoices):
    """How a space's list is sorted (``?sortieren=``)."""

    UNREAD = "neues", _("Neues zuerst")
    LAST_POST = "letzter-beitrag", _("Nach letztem Beitrag")


class Named(models.TextChoices):
    """Offices that a post may name, as they are offered; which other spellings count: ``domain/mentions.py``."""

    SPEAKERS = "speakers", _("Sprecher/-innen")
    LEAD = "lead", _("Leitung")
    MANAGERS = "managers", _("Netzwerkleitung")


class PollKind(models.TextChoices):
    """How many options one may choose; of dates several, and they are listed by time."""

    SINGLE = "single", _("Eine Antwort auswählen")
    MULTIPLE = "multiple", _("Mehrere Antworten auswählen")
    DATES = "dates", _("Einen Termin finden")
