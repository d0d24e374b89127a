"""Polls in topics, and what people have chosen."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.municipalities.models import Municipality
from dkbm.tenancy.models import NetworkOwned, NetworkPart
from forum.enums import MAX_OPTION, MAX_TITLE, PollKind

from .topics import Topic


class Poll(NetworkOwned):
    """A question to the readers of a topic, with options that never change.

    ``counts``: of each option, and ``voters``, follow from the votes (``domain/polls.py``). ``ends``: until then one
    may vote; ``closed``: when it really ended. ``has_secret_votes``: nobody is shown who voted what, and once it has
    ended nobody knows. ``is_hidden``: the result is shown when it has ended. ``revision``: of the last change.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="polls")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_polls"
    )
    question = models.CharField(_("Frage"), max_length=MAX_TITLE)
    kind = models.CharField(_("Art"), max_length=10, choices=PollKind.choices)
    options = ArrayField(models.CharField(max_length=MAX_OPTION))
    counts = ArrayField(models.PositiveIntegerField())
    voters = models.PositiveIntegerField(default=0)
    has_secret_votes = models.BooleanField(default=False)
    is_hidden = models.BooleanField(default=False)
    by_municipality = models.BooleanField(default=False)
    created = models.DateTimeField(default=timezone.now)
    ends = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("Umfrage")
        verbose_name_plural = _("Umfragen")
        ordering = ["pk"]
        indexes = [models.Index(fields=["ends"], condition=Q(closed__isnull=True), name="polls_that_end")]

    def __str__(self) -> str:
        return self.question

    @property
    def last_day(self) -> datetime.date | None:
        """Of voting."""
        return timezone.localdate(self.ends) - datetime.timedelta(days=1) if self.ends else None

    @property
    def is_over(self) -> bool:
        return self.closed is not None or (self.ends is not None and self.ends <= timezone.now())


class PollVote(NetworkPart):
    """What a person, or somebody for their municipality, has chosen: numbers of options from 0.

    ``person``: who voted last. ``revision``: the topic's, when it last changed.
    """

    network_via = "poll"
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="forum_votes"
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    choices = ArrayField(models.PositiveSmallIntegerField())
    voted = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "person"], condition=Q(municipality__isnull=True), name="one_vote_a_person"
            ),
            models.UniqueConstraint(fields=["poll", "municipality"], name="one_vote_a_municipality"),
        ]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.choices}"
