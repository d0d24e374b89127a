"""What people are writing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.models import NetworkOwned
from forum.enums import MAX_DRAFT_LINE

from .topics import Post, Space, Topic


class Draft(NetworkOwned):
    """What a person is writing: a topic in a space, an answer in a topic, or another text of a post; one a place."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="forum_drafts")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="drafts")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    title = models.CharField(max_length=MAX_DRAFT_LINE, blank=True)
    is_question = models.BooleanField(null=True)
    tags = models.CharField(max_length=MAX_DRAFT_LINE, blank=True)
    text = models.TextField(blank=True)
    client_key = models.UUIDField(null=True, blank=True, editable=False)
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("Entwurf")
        verbose_name_plural = _("Entwürfe")
        ordering = ["-saved"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "space", "topic", "post"], nulls_distinct=False, name="one_draft_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.space_id}/{self.topic_id}/{self.post_id}"
