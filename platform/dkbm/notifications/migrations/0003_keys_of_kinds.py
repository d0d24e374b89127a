"""Keys of kinds read ``app.what`` everywhere; those of mails that were written before follow, and so do their locks."""

from typing import Any

from django.db import migrations
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

KINDS = (
    "account-confirm", "account-known", "account-join", "account-invited", "account-password-reset", "account-changed",
    "membership-requested", "membership-admitted", "membership-refused", "role-changed",
    "group-request", "group-admitted", "group-added", "group-removed", "group-refused", "group-office", "group-closed",
    "event-registered", "event-waiting", "event-moved-up", "event-cancelled", "event-called-off", "event-changed",
    "page-submitted", "page-approved", "page-rejected", "forum-reply",
)  # fmt: skip


def new_key(old: str) -> str:
    """``event-moved-up`` -> ``event.moved_up``."""
    return old.replace("-", ".", 1).replace("-", "_")


def rename(apps: Any, schema_editor: Any) -> None:
    # The owner's login reads and writes the mails of all networks; each row stays its network's.
    mails = apps.get_model("notifications", "Mail")._base_manager
    for old in KINDS:
        of_kind = mails.filter(kind=old)
        # kind, thing, person: what telling the same once more would make (see domain.dispatch.mail_key).
        locked = of_kind.exclude(key="").exclude(recipient=None)
        if old == "event-changed":
            for mail in locked.only("pk", "key", "cause_key", "recipient_id").iterator():
                version = mail.key.rpartition("-")[2]
                key = f"event.changed:{mail.cause_key}:{version}:{mail.recipient_id}"
                mails.filter(pk=mail.pk).update(key=key)
        else:
            person = Cast("recipient_id", CharField())
            locked.update(key=Concat(Value(f"{new_key(old)}:"), F("cause_key"), Value(":"), person))
        of_kind.update(kind=new_key(old))


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_notifications_and_wishes")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
