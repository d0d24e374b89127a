"""The importers have an app of their own: their table gets its name, and the model goes there with all rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("demo", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="LoadedEntry")],
            database_operations=[migrations.AlterModelTable(name="loadedentry", table="imports_loadedentry")],
        ),
    ]
