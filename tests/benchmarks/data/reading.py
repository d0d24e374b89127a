"""How far everybody has read, in one statement."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from dkbm.accounts.models import Person
from dkbm.tenancy.context import require_network

STATES = """
INSERT INTO forum_readstate (network_id, person_id, topic_id, last_post_id, at)
SELECT topic.network_id, member.person_id, topic.id, topic.last_post_id, topic.last_post_at
FROM forum_topic topic
JOIN forum_space space ON space.id = topic.space_id
JOIN tenancy_membership member ON member.network_id = topic.network_id
LEFT JOIN workgroups_groupmembership seat
  ON seat.workgroup_id = space.workgroup_id AND seat.person_id = member.person_id AND seat.state = 'active'
WHERE topic.network_id = %(network)s AND topic.last_post_at < %(before)s
  AND (space.workgroup_id IS NULL OR seat.id IS NOT NULL) AND member.person_id <> %(never)s
  AND (member.person_id = %(regular)s OR hashtext(member.person_id::text || topic.id) %% 10 IN (0, 1, 2))
ON CONFLICT DO NOTHING
"""


def write_read_marks(*, regular: Person, never: Person, before: datetime) -> None:
    """Marks that are there stay. ``regular`` has read every topic without a post since ``before``, ``never`` none,
    others three of ten.
    """
    values = {"network": require_network().id, "regular": regular.pk, "never": never.pk, "before": before}
    with connection.cursor() as cursor:
        cursor.execute(STATES, values)
