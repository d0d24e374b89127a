"""The words of each post, for the search; read from the posts that are there."""

from typing import Any

from django.db import migrations, models

from dkbm.core.markdown import plain_text


def read_words(apps: Any, schema_editor: Any) -> None:
    # The owner's login reads and writes the posts of all networks; each row stays its network's.
    posts = apps.get_model("forum", "Post")._base_manager
    for post in posts.exclude(text="").only("pk", "text").iterator():
        posts.filter(pk=post.pk).update(plain=plain_text(post.text))


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_initial")]

    operations = [
        migrations.AddField(
            "post", "plain", models.TextField(blank=True, editable=False, default=""), preserve_default=False
        ),
        migrations.RunPython(read_words, migrations.RunPython.noop),
    ]
