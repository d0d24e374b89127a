"""Addresses whose domain stands with umlauts get the spelling of machines, as a browser sends them.

The owner's login reads and writes all networks; an account belongs to none. Where both spellings have an account, the
one that somebody has verified keeps the mailbox. The other gets an address that nobody owns, and stands in the log:
nobody can sign in with it any more, and its texts stay.
"""

import logging
from typing import Any

from django.db import migrations

import dkbm.core.fields
from dkbm.core.addresses import normal_address

logger = logging.getLogger("dkbm.accounts")
TWICE = "the mailbox %s had two accounts; %s has none any more"


def spell_alike(apps: Any, schema_editor: Any) -> None:
    people = apps.get_model("accounts", "Person")._base_manager
    addresses = apps.get_model("account", "EmailAddress")._base_manager
    links = apps.get_model("accounts", "JoinLink")._base_manager
    verified = set(addresses.filter(verified=True).values_list("user_id", flat=True))
    for pk, _old, new in _differing(people):
        other = people.filter(email=new).exclude(pk=pk).values_list("pk", flat=True).first()
        loser = other if pk in verified and other not in verified else pk
        if other is not None:
            logger.warning(TWICE, new, loser)
            addresses.filter(user_id=loser).delete()
            people.filter(pk=loser).update(email=f"{loser}@doppelt.invalid")
        if other is None or loser == other:
            people.filter(pk=pk).update(email=new)
    for pk, _old, new in _differing(addresses):
        row = addresses.get(pk=pk)
        taken = addresses.filter(email=new).exclude(pk=pk)
        if taken.filter(user_id=row.user_id).exists() or (row.verified and taken.filter(verified=True).exists()):
            row.delete()
        else:
            addresses.filter(pk=pk).update(email=new)
    for pk, _old, new in _differing(links):
        links.filter(pk=pk).update(email=new)


def _differing(rows: Any) -> list[tuple[Any, str, str]]:
    stored = rows.values_list("pk", "email").iterator()
    return [(pk, email, normal_address(email)) for pk, email in stored if email != normal_address(email)]


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0003_functions"),
    ]

    operations = [
        migrations.AlterField(
            "joinlink",
            "email",
            dkbm.core.fields.AddressField(max_length=254),
        ),
        migrations.AlterField(
            "person",
            "email",
            dkbm.core.fields.AddressField(max_length=254, unique=True, verbose_name="E-Mail-Adresse"),
        ),
        migrations.RunPython(spell_alike, migrations.RunPython.noop),
    ]
