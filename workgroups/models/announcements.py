"""What offices and managers wrote to a group or to the network, and to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.core.paths import network_path
from dkbm.tenancy.models import NetworkOwned

from .groups import Workgroup

SUBJECT_LENGTH = 150


class Announcement(NetworkOwned):
    """One text to a selection of people, sent and never changed.

    ``group``: ``None`` for one to the network. ``selection``: key of what was chosen (``notifications.selections``),
    ``selection_label``: what that was called then. ``people``: how many it was written to, ``readers``: how many of
    them have read it; both stay true when one of them is erased. ``client_key``: made with the form, so that
    a form sent twice is one announcement.
    """

    group = models.ForeignKey(
        Workgroup, on_delete=models.CASCADE, null=True, related_name="announcements", verbose_name=_("Gruppe")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("von")
    )
    subject = models.CharField(_("Betreff"), max_length=SUBJECT_LENGTH)
    text = models.TextField(_("Text"))
    selection = models.CharField(max_length=150)
    selection_label = models.CharField(_("an"), max_length=400)
    people = models.PositiveIntegerField(_("Personen"))
    readers = models.PositiveIntegerField(_("gelesen"), default=0)
    client_key = models.UUIDField(null=True, editable=False)
    sent_at = models.DateTimeField(_("versandt"), default=timezone.now)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("Rundschreiben")
        verbose_name_plural = _("Rundschreiben")
        constraints = [
            models.UniqueConstraint(fields=["network", "author", "client_key"], name="a_form_sends_one_announcement")
        ]
        indexes = [models.Index(fields=["network", "group", "-sent_at"], name="announcement_of_group")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return network_path("announcements:read", self.pk)


class AnnouncementRecipient(NetworkOwned):
    """One of those to whom an announcement was written. When somebody has read it, is nobody's business."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_read = models.BooleanField(_("gelesen"), default=False)

    class Meta:
        verbose_name = _("Empfängerin oder Empfänger eines Rundschreibens")
        verbose_name_plural = _("Empfängerinnen und Empfänger von Rundschreiben")
        constraints = [
            models.UniqueConstraint(fields=["announcement", "person"], name="one_row_a_recipient"),
        ]
        indexes = [
            models.Index(fields=["network", "person"], condition=models.Q(is_read=False), name="announcement_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} an {self.person_id}"
