"""Who has written in a topic is known without reading its posts."""

from django.db import migrations, models

WROTE = """
INSERT INTO forum_readstate AS state (network_id, person_id, topic_id, space_id, unread, shown, wrote)
SELECT DISTINCT post.network_id, post.author_id, topic.id, topic.space_id, '{}'::int4multirange, 0, true
FROM forum_post post JOIN forum_topic topic ON topic.id = post.topic_id WHERE post.author_id IS NOT NULL
ON CONFLICT (person_id, topic_id) DO UPDATE SET wrote = true
"""


class Migration(migrations.Migration):
    dependencies = [("forum", "0010_solved_by_last_post")]

    operations = [
        migrations.AddField("readstate", "wrote", models.BooleanField(default=False, db_default=False)),
        # The owner's login reads and writes the rows of all networks; each row stays its network's.
        migrations.RunSQL([WROTE, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop),
    ]
