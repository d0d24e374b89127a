"""On the page of an example stands where it is discussed: which posts name it."""

import django.db.models.deletion
from django.db import migrations, models

import dkbm.tenancy.context

NAMED = r"""
INSERT INTO forum_postexample (network_id, post_id, item_id)
SELECT DISTINCT post.network_id, post.id, item.id
FROM forum_post post
CROSS JOIN LATERAL regexp_matches(post.text, '(?:https?://([^\s/]+)|(?:^|[\s(<]))/katalog/([-\w]+)', 'g') AS found (named)
JOIN goodpractice_transfergegenstand item ON item.network_id = post.network_id AND item.slug = found.named[2]
WHERE post.text LIKE '%/katalog/%' AND (found.named[1] IS NULL OR EXISTS (
    SELECT 1 FROM tenancy_networkhost own
    WHERE own.network_id = post.network_id AND own.host = lower(split_part(found.named[1], ':', 1))))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0011_who_wrote"),
        ("goodpractice", "0005_timeline_and_material"),
        ("tenancy", "0005_waiting_note"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostExample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="goodpractice.transfergegenstand",
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
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="example_links", to="forum.post"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("post", "item"), name="example_once_a_post")],
            },
        ),
        # The owner's login reads and writes the rows of all networks; each row stays its network's.
        migrations.RunSQL([NAMED, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
    ]
