"""How people are told and by which rule; wishes by group, in general and for a while; digests."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

import dkbm.tenancy.context

MANY = ("forum.topic", "group.subgroup_founded", "catalogue.example")
"""Kinds that stood on everybody's page already, and whose wishes were about the mail alone."""


def take_over(apps: Any, schema_editor: Any) -> None:
    """Wishes say how, not whether; and what was told before is listed by itself, as it was."""
    # The owner's login reads and writes the rows of all networks; each row stays its network's.
    wishes = apps.get_model("notifications", "Wish")._base_manager
    wishes.filter(wanted=True).update(level="at_once")
    wishes.filter(wanted=False, kind__in=MANY).update(level="bell")
    wishes.filter(wanted=False).exclude(kind__in=MANY).update(level="off")
    told = apps.get_model("notifications", "Notification")._base_manager
    told.update(bundle=Concat(F("about_label"), Value(":"), F("about_key")), rule="usual")


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0006_reply_to"),
        ("tenancy", "0005_waiting_note"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("at_once", "sofort"),
                            ("daily", "täglich"),
                            ("weekly", "wöchentlich"),
                            ("bell", "nur auf der Plattform"),
                            ("off", "gar nicht"),
                        ],
                        max_length=10,
                        verbose_name="Weg",
                    ),
                ),
                ("until", models.DateTimeField()),
            ],
            options={
                "verbose_name": "Überblick",
                "verbose_name_plural": "Überblicke",
            },
        ),
        migrations.RemoveField(
            model_name="crowd",
            name="mailed",
        ),
        migrations.AddField(
            model_name="crowd",
            name="because",
            field=models.JSONField(default=dict, verbose_name="Gründe"),
        ),
        migrations.AddField(
            model_name="notification",
            name="bundle",
            field=models.CharField(default="", max_length=160),
        ),
        migrations.AddField(
            model_name="notification",
            name="digest",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="notifications",
                to="notifications.mail",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="group",
            field=models.BigIntegerField(null=True, verbose_name="Gruppe"),
        ),
        migrations.AddField(
            model_name="notification",
            name="level",
            field=models.CharField(
                choices=[
                    ("at_once", "sofort"),
                    ("daily", "täglich"),
                    ("weekly", "wöchentlich"),
                    ("bell", "nur auf der Plattform"),
                    ("off", "gar nicht"),
                ],
                default="at_once",
                max_length=10,
                verbose_name="Weg",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="rule",
            field=models.CharField(
                choices=[
                    ("mandatory", "betrifft Sie selbst"),
                    ("topic_followed", "folgt dem Thema"),
                    ("topic_muted", "möchte vom Thema nichts hören"),
                    ("group_off", "E-Mails der Gruppe sind aus"),
                    ("kind", "Wunsch für diese Art"),
                    ("wrote", "hat im Thema geschrieben"),
                    ("mentioned", "wurde genannt"),
                    ("group", "Wunsch für die Gruppe"),
                    ("office", "hat ein Amt in der Gruppe"),
                    ("general", "Wunsch für alle Gruppen"),
                    ("network", "im Netzwerk üblich"),
                    ("usual", "bei dieser Art üblich"),
                    ("paused", "Pause"),
                ],
                default="mandatory",
                max_length=20,
                verbose_name="Regel",
            ),
        ),
        migrations.AddField(
            model_name="notification",
            name="topic",
            field=models.BigIntegerField(null=True, verbose_name="Thema"),
        ),
        migrations.AddField(
            model_name="wish",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("at_once", "sofort"),
                    ("daily", "täglich"),
                    ("weekly", "wöchentlich"),
                    ("bell", "nur auf der Plattform"),
                    ("off", "gar nicht"),
                ],
                max_length=10,
                verbose_name="Weg",
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="wish",
            name="wanted",
        ),
        migrations.AddField(
            model_name="wish",
            name="paused_until",
            field=models.DateField(blank=True, null=True, verbose_name="Pause bis"),
        ),
        migrations.AlterField(
            model_name="wish",
            name="kind",
            field=models.CharField(blank=True, max_length=60, verbose_name="Art"),
        ),
        migrations.AlterField(
            model_name="wish",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read__isnull", True), models.Q(("level", "off"), _negated=True)),
                fields=["network", "person", "bundle"],
                name="notification_unread",
            ),
        ),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(
                    ("digest__isnull", True), ("level__in", ("daily", "weekly")), ("read__isnull", True)
                ),
                fields=["network", "level", "person"],
                name="notification_for_digest",
            ),
        ),
        migrations.AddConstraint(
            model_name="wish",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False),
                    models.Q(("group__isnull", True), ("paused_until__isnull", True)),
                    _connector="OR",
                ),
                name="network_wishes_in_general",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="network",
            field=models.ForeignKey(
                default=dkbm.tenancy.context.current_network_id,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.network",
            ),
        ),
        migrations.AddField(
            model_name="digest",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="Person",
            ),
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(
                fields=("network", "person", "level"), name="one_digest_a_person_and_level"
            ),
        ),
    ]
