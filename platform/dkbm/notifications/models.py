"""What people are told, whether they want to be, and the mails that tell them.

All are rows, written in the transaction of what causes them. Mails are delivered by a worker and kept with state and
cause.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.core.days import DayField
from dkbm.tenancy.models import NetworkOwned, NetworkPart

from .enums import DIGESTS, Level, MailState, Rule


class Notification(NetworkOwned):
    """One person was told of one event.

    ``about_label``, ``about_key``: model and key of the thing, as text, so that the row outlives it. ``occasion``:
    which of several times it was told of the same thing; the same occasion is told once. ``values``: what the kind's
    sentence names. ``path``: where it can be read, on the network's host, from the first slash. ``bundle``: what the
    person's page lists together, such as all answers in one topic. ``level`` and ``rule``: how they were told, and why
    so; ``off`` is shown to nobody, it answers why there was no mail. ``digest``: the mail that brought it with others.
    The id is made in Python: by it one sees which rows of an insert were new (``domain.telling``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Art"), max_length=60)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("Person")
    )
    about_label = models.CharField(max_length=100)
    about_key = models.CharField(max_length=60)
    occasion = models.CharField(max_length=40, blank=True)
    values = models.JSONField(_("Angaben"), default=dict)
    path = models.CharField(_("Pfad"), max_length=500)
    bundle = models.CharField(max_length=160, default="")
    group = models.BigIntegerField(_("Gruppe"), null=True)
    topic = models.BigIntegerField(_("Thema"), null=True)
    level = models.CharField(_("Weg"), max_length=10, choices=Level.choices, default=Level.AT_ONCE)
    rule = models.CharField(_("Regel"), max_length=20, choices=Rule.choices, default=Rule.MANDATORY)
    digest = models.ForeignKey("Mail", on_delete=models.SET_NULL, null=True, related_name="notifications")
    told = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-told", "-pk"]
        verbose_name = _("Benachrichtigung")
        verbose_name_plural = _("Benachrichtigungen")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "about_label", "about_key", "occasion", "person"],
                name="told_once_an_occasion",
            )
        ]
        indexes = [
            models.Index(fields=["network", "person", "-told", "-id"], name="notification_of_person"),
            models.Index(
                fields=["network", "person", "bundle"],
                condition=models.Q(read__isnull=True) & ~models.Q(level=Level.OFF),
                name="notification_unread",
            ),
            models.Index(
                fields=["network", "level", "person"],
                condition=models.Q(read__isnull=True, digest__isnull=True, level__in=DIGESTS),
                name="notification_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} für {self.person_id}"


class Crowd(NetworkOwned):
    """Many people who are still to be told of one event (``domain.telling_many``); goes when all are.

    ``people``: their ids. ``because``: id -> rule. The rest is what ``domain.telling.tell`` is given, as plain values.
    """

    kind = models.CharField(_("Art"), max_length=60)
    people = ArrayField(models.UUIDField())
    about_label = models.CharField(max_length=100)
    about_key = models.CharField(max_length=60)
    path = models.CharField(_("Pfad"), max_length=500)
    context = models.JSONField(_("Angaben"), default=dict)
    occasion = models.CharField(max_length=40, blank=True)
    group = models.BigIntegerField(_("Gruppe"), null=True)
    topic = models.BigIntegerField(_("Thema"), null=True)
    because = models.JSONField(_("Gründe"), default=dict)
    sender = models.CharField(_("Absendername"), max_length=200, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} für {len(self.people)}"


class Wish(NetworkOwned):
    """How a person wants to be told: of one kind (``kind``), of what happens in one group (``group``: its id), or, with
    neither, of what happens in all groups for which they said nothing.

    ``paused_until``: on the row with neither, last day of a pause, in which only what is mandatory is mailed; ``level``
    may be empty there. The row without a person is what the network has set for whoever said nothing at all.
    Wishes about one topic stand with the topics (``forum.Subscription``); ``domain.deciding`` asks for all of them.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+", verbose_name=_("Person")
    )
    kind = models.CharField(_("Art"), max_length=60, blank=True)
    group = models.BigIntegerField(_("Gruppe"), null=True)
    level = models.CharField(_("Weg"), max_length=10, choices=Level.choices, blank=True)
    paused_until = DayField(_("Pause bis"), null=True, blank=True)

    class Meta:
        verbose_name = _("Wunsch")
        verbose_name_plural = _("Wünsche")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "group", "person"], nulls_distinct=False, name="one_wish_a_kind_and_group"
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(group__isnull=True, paused_until__isnull=True),
                name="network_wishes_in_general",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.kind}, {self.group}: {self.level}"


class Digest(NetworkOwned):
    """Up to when a person has got their daily or weekly digests; moves in the transaction that writes the mail."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("Person")
    )
    level = models.CharField(_("Weg"), max_length=10, choices=Level.choices)
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("Überblick")
        verbose_name_plural = _("Überblicke")
        constraints = [
            models.UniqueConstraint(fields=["network", "person", "level"], name="one_digest_a_person_and_level")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.level}: {self.until}"


class Mail(NetworkOwned):
    """One mail to one address.

    ``next_try``: queued mails are not tried before; a mail in state sending belongs to its worker until then.
    ``cause_label``, ``cause_key``: model and key of what caused it, as text, so that it outlives the cause.
    ``reply_to``: of somebody who wrote to the person and said that answers go there; else they go to the network.
    ``body``, ``path``, ``reply_to``, ``sender_name`` and ``headers`` are empty, and attachments gone, once the mail is
    old (``domain.retention``). ``sender_name``: who is shown as its sender, empty for the network. ``headers``: of the
    list and the thread that it belongs to (``domain.headers``). ``typed``: numbers of the lines of the body, from 0,
    that somebody typed; they are never markup. ``notification``, ``rule``, ``group``, ``topic``: of what it tells,
    outliving the row that told it.
    ``key``: what makes it one of a kind in its network, or empty.
    """

    kind = models.CharField(_("Art"), max_length=60)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("Person")
    )
    address = models.EmailField(_("Adresse"))
    reply_to = models.EmailField(_("Antwort an"), blank=True)
    subject = models.CharField(_("Betreff"), max_length=250)
    body = models.TextField(_("Text"))
    path = models.CharField(_("Pfad"), max_length=500)
    cause_label = models.CharField(max_length=100, blank=True)
    cause_key = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=200, blank=True)
    sender_name = models.CharField(_("Absendername"), max_length=250, blank=True)
    headers = models.JSONField(default=dict)
    typed = ArrayField(models.IntegerField(), default=list)
    notification = models.UUIDField(null=True)
    rule = models.CharField(_("Regel"), max_length=20, choices=Rule.choices, blank=True)
    group = models.BigIntegerField(_("Gruppe"), null=True)
    topic = models.BigIntegerField(_("Thema"), null=True)
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
            models.Index(fields=["network", "-id"], name="mail_network_newest"),
            models.Index(fields=["network", "group", "-id"], name="mail_network_group"),
            models.Index(fields=["network", "address"], name="mail_network_address"),
            models.Index(
                fields=["network", "notification"],
                condition=models.Q(notification__isnull=False),
                name="mail_of_notification",
            ),
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


class DeadAddress(NetworkOwned):
    """An address from which mails came back for good (``domain.undeliverable``).

    ``bounces``: of how many mails; ``answer``: what its server said last. ``dead``: since when nothing is mailed there
    any more, ``None`` as long as it is tried.
    """

    address = models.EmailField(_("Adresse"))
    bounces = models.PositiveIntegerField(_("zurückgekommene E-Mails"), default=0)
    answer = models.TextField(_("Antwort des Mailservers"), blank=True)
    dead = models.DateTimeField(_("unzustellbar seit"), null=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-dead", "address"]
        verbose_name = _("unzustellbare Adresse")
        verbose_name_plural = _("unzustellbare Adressen")
        constraints = [models.UniqueConstraint(fields=["network", "address"], name="one_dead_address_a_network")]

    def __str__(self) -> str:
        return self.address


class MailSettings(NetworkOwned):
    """What managers have set for the mails of their network; without a row the defaults hold.

    ``months``: so long the text of a sent mail is kept.
    """

    months = models.PositiveSmallIntegerField(_("Monate"), default=1)

    class Meta:
        verbose_name = _("Einstellungen der E-Mails")
        verbose_name_plural = _("Einstellungen der E-Mails")
        constraints = [models.UniqueConstraint(fields=["network"], name="one_setting_of_mails_a_network")]

    def __str__(self) -> str:
        return f"{self.months} Monate"
