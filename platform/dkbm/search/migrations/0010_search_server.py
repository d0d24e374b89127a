"""What the search server has still to hear of. Migration 0009 has every entry renewed, ``unshown`` with it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dkbm.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0009_vocabulary"),
        ("tenancy", "0005_waiting_note"),
    ]

    operations = [
        migrations.AddField(
            model_name="searchentry",
            name="unshown",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.CreateModel(
            name="SearchChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("type", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=100)),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "network",
                    models.ForeignKey(
                        default=dkbm.tenancy.context.current_network_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.network",
                    ),
                ),
            ],
            options={
                "verbose_name": "Änderung für den Suchserver",
                "verbose_name_plural": "Änderungen für den Suchserver",
                "indexes": [models.Index(fields=["network", "id"], name="search_changes_of_network")],
            },
        ),
    ]
