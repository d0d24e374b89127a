"""A tag of signs alone, as "{}", had an empty slug, and whatever carried it could not be put into the index."""

from typing import Any

from django.db import migrations


def name_them(apps: Any, schema_editor: Any) -> None:
    # The owner's login reads and writes the tags of all networks; each row stays its network's.
    tags = apps.get_model("cms", "NetworkTag")._base_manager
    for key in list(tags.filter(slug="").values_list("pk", flat=True)):
        tags.filter(pk=key).update(slug=f"schlagwort_{key}")


class Migration(migrations.Migration):
    dependencies = [("cms", "0007_help_that_promises_nothing")]

    operations = [migrations.RunPython(name_them, migrations.RunPython.noop)]
