"""Tags are listed by their folded names, on every server alike."""

from typing import Any

from django.db import migrations

from dkbm.core.fields import SortKeyField
from dkbm.core.text import sort_key


def fill(apps: Any, schema_editor: Any) -> None:
    tags = apps.get_model("cms", "NetworkTag")._base_manager
    for tag in tags.only("pk", "name").iterator():
        tags.filter(pk=tag.pk).update(sort_name=sort_key(tag.name)[:255])


class Migration(migrations.Migration):
    dependencies = [("cms", "0002_relations")]

    operations = [
        migrations.AddField(
            "networktag",
            "sort_name",
            SortKeyField(db_index=True, default="", editable=False, max_length=255, of="name"),
            False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            "networktag",
            {"ordering": ["sort_name", "pk"], "verbose_name": "Thema", "verbose_name_plural": "Themen"},
        ),
    ]
