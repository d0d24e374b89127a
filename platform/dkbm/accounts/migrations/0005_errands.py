import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import dkbm.core.fields
import dkbm.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_addresses_in_one_spelling"),
        ("tenancy", "0003_hand_over_audit_entries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sign_up", "Konto anlegen"),
                            ("reset", "Passwort vergessen"),
                            ("attempts", "Warnung vor Versuchen"),
                        ],
                        max_length=20,
                    ),
                ),
                ("address", dkbm.core.fields.AddressField(max_length=254)),
                ("details", models.JSONField(blank=True, default=dict)),
                ("created", models.DateTimeField(auto_now_add=True)),
                ("due", models.DateTimeField(default=django.utils.timezone.now)),
                ("done", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["network", "address"], name="errands_of_an_address")],
            },
        ),
    ]
