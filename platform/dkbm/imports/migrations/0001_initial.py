"""The table comes from ``demo``, where the importers stood before; its rows stay."""

import django.db.models.deletion
from django.db import migrations, models

import dkbm.tenancy.context


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0002_platform_without_defaults"),
        ("demo", "0002_hand_over_loaded_entries"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LoadedEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("key", models.CharField(max_length=250)),
                        ("digest", models.CharField(max_length=64)),
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("network", "kind", "key"), name="entry_loaded_once_a_network"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
