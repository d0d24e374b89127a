"""What everybody has left to read, in one statement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

from dkbm.accounts.models import Person
from dkbm.tenancy.context import require_network

STATES = """
WITH told AS (
  SELECT topic_id, range_agg(int4range(number, number + 1)) AS numbers
  FROM forum_post WHERE network_id = %(network)s AND deleted IS NULL GROUP BY topic_id
), own AS (
  SELECT topic_id, author_id, range_agg(int4range(number, number + 1)) AS numbers
  FROM forum_post WHERE network_id = %(network)s GROUP BY topic_id, author_id
)
INSERT INTO forum_readstate (network_id, person_id, topic_id, space_id, wrote, unread, newest, shown)
SELECT topic.network_id, member.person_id, topic.id, topic.space_id, own.author_id IS NOT NULL,
       CASE WHEN has_read THEN '{}' ELSE told.numbers - coalesce(own.numbers, '{}') END,
       topic.last_post_at, CASE WHEN has_read THEN topic.last_number ELSE 0 END
FROM forum_topic topic
JOIN told ON told.topic_id = topic.id
JOIN forum_space space ON space.id = topic.space_id
JOIN tenancy_membership member ON member.network_id = topic.network_id AND member.state = 'active'
LEFT JOIN own ON own.topic_id = topic.id AND own.author_id = member.person_id
LEFT JOIN workgroups_groupmembership seat
  ON seat.workgroup_id = space.workgroup_id AND seat.person_id = member.person_id AND seat.state = 'active'
CROSS JOIN LATERAL (
  SELECT topic.last_post_at < %(before)s AND member.person_id <> %(never)s
     AND (member.person_id = %(regular)s OR hashtext(member.person_id::text || topic.id) %% 10 IN (0, 1, 2)) AS has_read
) AS reading
WHERE topic.network_id = %(network)s
  AND (space.workgroup_id IS NULL OR seat.id IS NOT NULL OR 'manager' = ANY (member.roles))
ON CONFLICT DO NOTHING
"""


def write_read_marks(*, regular: Person, never: Person, before: datetime) -> None:
    """Topics that have marks keep them. ``regular`` has read every topic without a post since ``before``, ``never``
    none, others three of ten; all else is news to them.
    """
    values: dict[str, Any] = {
        "network": require_network().id,
        "regular": regular.pk,
        "never": never.pk,
        "before": before,
    }
    with connection.cursor() as cursor:
        cursor.execute(STATES, values)
