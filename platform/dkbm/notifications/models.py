"""Mails as rows: written with what caused them, delivered by a worker, kept with state and cause."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.models import NetworkOwned, NetworkPart

from .enums import MailState


class Mail(NetworkOwned):
    """One mail to one address.

    ``next_try``: queued mails are not tried before; a mail in state sending belongs to its worker until then.
    ``cause_label``, ``cause_key``: model and key of what caused it, as text, so that it outlives the cause.
    ``body`` and ``path`` are empty, and attachments gone, once the mail is old (``domain.retention``).
    ``key``: what makes it one of a kind in its network, or empty.
    """

    kind = models.CharField(_("Art"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("Person")
    )
    address = models.EmailField(_("Adresse"))
    subject = models.CharField(_("Betreff"), max_length=250)
    body = models.TextField(_("Text"))
    path = models.CharField(_("Pfad"), max_length=500)
    cause_label = models.CharField(max_length=100, blank=True)
    cause_key = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    next_try = models.DateTimeField(default=timezone.now)
    error = models.TextField(_("Fehler"), blank=True)
    created = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("Mail")
        verbose_name_plural = _("Mails")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "key"], condition=~models.Q(key=""), name="one_mail_a_key_and_network"
            )
        ]
        indexes = [
            models.Index(
                fields=["network", "next_try"],
                condition=models.Q(state__in=[MailState.QUEUED, MailState.SENDING]),
                name="mail_due",
            ),
            models.Index(fields=["network", "state", "-created"], name="mail_network_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} an {self.address}"


class MailAttachment(NetworkPart):
    """A file that goes with a mail, such as a calendar entry."""

    network_via = "mail"

    mail = models.ForeignKey(Mail, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
