import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import dkbm.tenancy.context


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_plainer_words"),
        ("tenancy", "0005_waiting_note"),
    ]

    operations = [
        migrations.CreateModel(
            name="Portrait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=32)),
                (
                    "shown_to",
                    models.CharField(
                        choices=[
                            ("nobody", "Niemand"),
                            ("members", "Mitglieder dieses Netzwerks"),
                            ("everybody", "Auch Gäste, wo ich öffentlich als Ansprechperson stehe"),
                        ],
                        default="members",
                        max_length=20,
                    ),
                ),
                ("cut", models.CharField(default="w5", max_length=2)),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("source", models.BinaryField()),
                ("small", models.BinaryField()),
                ("large", models.BinaryField()),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "Bild einer Person",
                "verbose_name_plural": "Bilder von Personen",
                "constraints": [
                    models.UniqueConstraint(fields=("network", "person"), name="one_portrait_a_network"),
                    models.UniqueConstraint(fields=("network", "key"), name="portrait_key_once_a_network"),
                ],
            },
        ),
    ]
