from django.db import migrations, models


class Migration(migrations.Migration):
    """Values get keys, which the old labels do not tell: rows are marked (``None``) and renewed after ``migrate``."""

    dependencies = [
        ("search", "0002_publications"),
    ]

    operations = [
        migrations.AlterField(
            model_name="searchentry",
            name="facets",
            field=models.JSONField(default=list, null=True),
        ),
        migrations.RunSQL("UPDATE search_searchentry SET facets = NULL", migrations.RunSQL.noop),
    ]
