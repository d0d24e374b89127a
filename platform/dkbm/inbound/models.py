"""Mails that came in: stored first, read by the worker, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.models import NetworkOwned

from .enums import Outcome


class IncomingMail(NetworkOwned):
    """One mail to one address of ours.

    ``person``: whose reply address it came to; nobody for notes of mail servers. ``about_label``, ``about_key``: what
    it answers, or which mail of ours it is about, as text. ``key``: of ``Message-ID`` and address, so that the same
    mail is read once. ``sender``: the envelope's, empty for automatic ones. ``raw``: the message as it came, empty once
    it is old. ``text``: what was published, or would have been; ``cut``: quotes and signature that were left out;
    ``files``: names of files that were. ``reason``: German, why nothing was published. ``path``: the post's.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("Person")
    )
    about_label = models.CharField(max_length=100, blank=True)
    about_key = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=64)
    sender = models.EmailField(_("Absender"), blank=True)
    is_automatic = models.BooleanField(_("automatisch geschrieben"), default=False)
    is_expired = models.BooleanField(_("Antwortadresse abgelaufen"), default=False)
    size = models.PositiveIntegerField(_("Größe"))
    raw = models.BinaryField()
    outcome = models.CharField(_("Ergebnis"), max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.TextField(_("Grund"), blank=True)
    text = models.TextField(_("Text"), blank=True)
    cut = models.TextField(_("Weggelassen"), blank=True)
    files = ArrayField(models.CharField(max_length=120), verbose_name=_("Dateien"), default=list)
    path = models.CharField(_("Pfad"), max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    received = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-received", "-pk"]
        verbose_name = _("eingegangene E-Mail")
        verbose_name_plural = _("eingegangene E-Mails")
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="incoming_mail_once")]
        indexes = [
            models.Index(fields=["network", "person", "-received", "-id"], name="incoming_of_person"),
            models.Index(
                fields=["network", "received"], condition=models.Q(outcome="waiting"), name="incoming_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.about_label} {self.about_key}"
