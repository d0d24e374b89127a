"""What goes by itself, and what goes with a person who leaves.

What a mail said goes after a while; that it was sent, to whom and because of what, stays. Notifications go whole.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dkbm.notifications.domain.mail_settings import kept_months
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.enums import MailState
from dkbm.notifications.models import Digest, Mail, MailAttachment, Notification, Wish

MONTH = timedelta(days=30)
KEEP_FAILED = timedelta(days=90)
"""Longer: a manager may still send it again."""
KEEP_NOTIFICATIONS = timedelta(days=180)


def blank_old_mails() -> int:
    """Empty text, path, answer address and attachments of the bound network's old mails; returns how many there were.

    Texts and paths carry links that sign people in or cancel for them. A mail on its way is never touched.
    """
    now = timezone.now()
    keep = kept_months() * MONTH
    old = Q(state=MailState.SENT, sent_at__lt=now - keep) | Q(
        state__in=[MailState.FAILED, MailState.BOUNCED, MailState.WITHHELD], next_try__lt=now - max(keep, KEEP_FAILED)
    )
    with transaction.atomic():
        mails = Mail.objects.select_for_update(skip_locked=True).filter(old).exclude(body="", path="")
        keys = list(mails.values_list("pk", flat=True))
        MailAttachment.objects.filter(mail__in=keys).delete()
        Mail.objects.filter(pk__in=keys).update(body="", path="", reply_to="", sender_name="", headers={}, typed=[])
    return len(keys)


def delete_old_notifications() -> int:
    """Delete what was told in the bound network long ago, read or not; returns how many there were."""
    old = Notification.objects.filter(told__lt=timezone.now() - KEEP_NOTIFICATIONS)
    return int(old.delete()[0])


def forget_person(person: Recipient) -> None:
    """Whoever leaves the network is told nothing more: notifications and wishes go. Mails on their way still leave."""
    Notification.objects.filter(person_id=person.pk).delete()
    Digest.objects.filter(person_id=person.pk).delete()
    Wish.objects.filter(person_id=person.pk).delete()
