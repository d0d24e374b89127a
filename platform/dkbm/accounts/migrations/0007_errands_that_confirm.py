from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_founding_orders"),
    ]

    operations = [
        migrations.AlterField(
            model_name="errand",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sign_up", "Konto anlegen"),
                    ("confirm", "Link zur Bestätigung"),
                    ("reset", "Passwort vergessen"),
                    ("attempts", "Warnung vor Versuchen"),
                ],
                max_length=20,
            ),
        ),
    ]
