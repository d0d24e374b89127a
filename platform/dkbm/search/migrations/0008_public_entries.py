"""The sitemap reads what is public without reading the forum."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0007_period_of_entries"),
    ]

    operations = [
        migrations.AddIndex(
            "searchentry",
            models.Index(
                fields=["network", "id"],
                name="search_entries_for_all",
                condition=models.Q(visibility="public", continues=False),
            ),
        ),
    ]
