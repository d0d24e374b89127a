"""Why a topic of somebody else was deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0002_plain_text")]

    operations = [
        migrations.AddField(
            "topic",
            "deletion_reason",
            models.CharField(blank=True, default="", max_length=500, verbose_name="Begründung"),
            preserve_default=False,
        ),
    ]
