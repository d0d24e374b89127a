"""Functions become rows of each network, and everybody keeps the one they had.

The owner's login reads and writes all networks; they are gone through one by one, and each row says whose it is.
"""

from typing import Any

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import dkbm.tenancy.context
from dkbm.tenancy.context import PLATFORM_ID

# The functions as they stood in the code, most frequent ones first.
FUNCTIONS = {
    "bildungsmanagement": "Bildungsmanagement",
    "bildungsmonitoring": "Bildungsmonitoring",
    "bildungskoordination": "Bildungskoordination (abgeordnete Lehrkraft)",
    "leitung-bildungsbuero": "Leitung Bildungsbüro",
    "koko": "Koordination Neuzugewanderte (KoKo)",
    "sprachfoerderung": "Sprachförderung",
    "sozialplanung": "Sozialplanung",
    "schulentwicklungsplanung": "Schulentwicklungsplanung",
    "statistikstelle": "Statistikstelle",
    "bildungsberichterstattung": "Bildungsberichterstattung",
    "schulsozialarbeit": "Schulsozialarbeit",
    "itservice": "IT-Service",
    "datenschutz": "Datenschutz",
    "bildungsberatung": "Bildungsberatung",
    "fachberatung-kita": "Fachberatung Kita",
    "wirtschaftsfoerderung": "Wirtschaftsförderung",
    "gleichstellung": "Gleichstellung",
    "volkshochschule": "Volkshochschule",
    "umweltbildung": "Umweltbildung",
    "oeffentlichkeitsarbeit": "Öffentlichkeitsarbeit",
    "seniorenbuero": "Seniorenbüro",
    "fachdienstleitung": "Fachdienstleitung Bildung",
    "fruehe-hilfen": "Frühe Hilfen",
    "integrationsbeauftragte": "Integrationsbeauftragte",
    "transferagentur": "Transferagentur",
}


def keep_choices(apps: Any, schema_editor: Any) -> None:
    functions = apps.get_model("accounts", "Function")._base_manager
    profiles = apps.get_model("accounts", "Profile")._base_manager
    for network_id in apps.get_model("tenancy", "Network")._base_manager.order_by("pk").values_list("pk", flat=True):
        own = profiles.filter(network_id=network_id)
        chosen = set(own.values_list("function", flat=True))
        seed = {} if network_id == PLATFORM_ID else FUNCTIONS
        # A key that nobody knows any more stays with its people, and is not offered to others.
        labels = {**seed, **{key: FUNCTIONS.get(key, key or "ohne Angabe") for key in sorted(chosen - set(seed))}}
        for order, (key, label) in enumerate(labels.items(), start=1):
            row = functions.create(
                network_id=network_id,
                slug=key or "ohne-angabe",
                label=label,
                order=order,
                is_offered=key in FUNCTIONS,
            )
            own.filter(function=key).update(function_row=row)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_people"),
        ("tenancy", "0002_platform_without_defaults"),
    ]

    operations = [
        migrations.CreateModel(
            name="Function",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, verbose_name="Kürzel")),
                ("label", models.CharField(max_length=200, verbose_name="Bezeichnung")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="Platz")),
                ("is_offered", models.BooleanField(default=True, verbose_name="wird angeboten")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.function",
                    ),
                ),
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
                "verbose_name": "Funktion",
                "verbose_name_plural": "Funktionen",
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("network", "slug"), name="function_slug_once_a_network"),
                    models.UniqueConstraint(
                        models.F("network"),
                        django.db.models.functions.text.Lower("label"),
                        condition=models.Q(("merged_into__isnull", True)),
                        name="function_label_once_a_network",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="profile",
            name="function_row",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.function",
                verbose_name="Funktion",
            ),
        ),
        migrations.RunPython(keep_choices, migrations.RunPython.noop),
        # A table with waiting checks of foreign keys cannot be altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="profile", name="function"),
        migrations.RenameField(model_name="profile", old_name="function_row", new_name="function"),
        migrations.AlterField(
            model_name="profile",
            name="function",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.function",
                verbose_name="Funktion",
            ),
        ),
    ]
