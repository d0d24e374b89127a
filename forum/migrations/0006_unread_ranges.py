"""What each person has left to read, kept as ranges; filled in from how far they had read."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

import dkbm.core.number_ranges

COUNT = """
CREATE FUNCTION forum_count_of(numbers int4multirange) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT coalesce(sum(upper(each) - lower(each)), 0)::integer FROM unnest(numbers) AS each $$
"""

OPENED = """
UPDATE forum_readstate state
SET space_id = topic.space_id,
    shown = coalesce((SELECT max(number) FROM forum_post p WHERE p.topic_id = topic.id AND p.id <= state.last_post_id), 0)
FROM forum_topic topic WHERE topic.id = state.topic_id
"""

NEWS = """
INSERT INTO forum_readstate (network_id, person_id, topic_id, space_id, unread, newest, shown, last_post_id, at)
SELECT topic.network_id, member.person_id, topic.id, topic.space_id,
       range_agg(int4range(post.number, post.number + 1)), max(post.created), 0, 0, now()
FROM forum_topic topic
JOIN forum_space space ON space.id = topic.space_id
JOIN forum_post post ON post.topic_id = topic.id
JOIN tenancy_membership member ON member.network_id = topic.network_id AND member.state = 'active'
LEFT JOIN workgroups_groupmembership seat
  ON seat.workgroup_id = space.workgroup_id AND seat.person_id = member.person_id
LEFT JOIN forum_readstate state ON state.topic_id = topic.id AND state.person_id = member.person_id
WHERE topic.deleted IS NULL AND post.deleted IS NULL AND post.announced
  AND post.author_id IS DISTINCT FROM member.person_id
  AND (space.workgroup_id IS NULL OR 'manager' = ANY (member.roles) OR seat.state = 'active')
  AND post.id > coalesce(state.last_post_id, 0)
  AND post.created > coalesce(seat.since, member.since, member.created)
GROUP BY topic.id, member.person_id
ON CONFLICT (person_id, topic_id) DO UPDATE SET unread = excluded.unread, newest = excluded.newest
"""


def fill_in(apps: Any, schema_editor: Any) -> None:
    # The owner's login reads and writes the rows of all networks; each row stays its network's.
    for statement in (OPENED, NEWS, "SET CONSTRAINTS ALL IMMEDIATE"):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_words_for_tags"),
        ("forum", "0005_words_for_tags"),
        ("tenancy", "0003_hand_over_audit_entries"),
        ("workgroups", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(COUNT, "DROP FUNCTION forum_count_of"),
        migrations.AddField("readstate", "newest", models.DateTimeField(null=True)),
        migrations.AddField("readstate", "shown", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "readstate",
            "space",
            models.ForeignKey("forum.Space", on_delete=models.PROTECT, related_name="+", db_index=False, null=True),
        ),
        migrations.AddField("readstate", "unread", dkbm.core.number_ranges.NumberRangesField(default=())),
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        migrations.AlterField(
            "readstate",
            "space",
            models.ForeignKey("forum.Space", on_delete=models.PROTECT, related_name="+", db_index=False),
        ),
        migrations.RemoveField("readstate", "at"),
        migrations.RemoveField("readstate", "last_post_id"),
        migrations.RemoveField("post", "announced"),
        migrations.AddField(
            "readstate",
            "unread_count",
            models.GeneratedField(
                expression=models.Func(models.F("unread"), function="forum_count_of"),
                output_field=models.PositiveIntegerField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "readstate",
            models.Index(
                fields=["person", "space", "-newest", "-topic"],
                condition=models.Q(unread_count__gt=0),
                name="news_of_a_person",
            ),
        ),
        migrations.RemoveIndex("topic", "topic_space_last_post"),
        migrations.AddIndex(
            "topic",
            models.Index(
                fields=["space", "-last_post_at", "-id"],
                condition=models.Q(deleted__isnull=True),
                name="topics_by_last_post",
            ),
        ),
        migrations.AddIndex(
            "topic",
            models.Index(
                fields=["space", "-last_post_at", "-id"],
                condition=models.Q(closed__isnull=True, deleted__isnull=True, is_question=True, post_count__lt=2),
                name="unanswered_by_last_post",
            ),
        ),
        migrations.AddIndex("post", models.Index(fields=["topic", "author"], name="posts_of_an_author")),
    ]
