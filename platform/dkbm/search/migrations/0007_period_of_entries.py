"""What is no single day is said as it is known; entries of events and publications are renewed after ``migrate``."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_words_alone"),
    ]

    operations = [
        migrations.AddField("searchentry", "period", models.CharField(blank=True, default="", max_length=100)),
        migrations.RunSQL(
            "UPDATE search_searchentry SET facets = NULL WHERE type IN ('event', 'publication')",
            migrations.RunSQL.noop,
        ),
    ]
