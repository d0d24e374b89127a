"""Long things get an entry for each section, found by an index; topics are marked to be renewed after ``migrate``."""

import django.contrib.postgres.indexes
from django.db import migrations, models

# The planner takes reading a vector for cheap, and reads those of all the network's entries when a word is frequent.
# So it is left no other way than the index: no sequential scan, and no condition on the network that has an index.
CANDIDATES = """
CREATE FUNCTION search_candidates(query tsquery, visibilities text[], groups bigint[], only_type text, bound integer)
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
  SELECT id FROM (
    SELECT id, type, row_number() OVER (PARTITION BY type ORDER BY date DESC NULLS LAST, id DESC) AS place
    FROM public.search_searchentry
    WHERE document @@ query
      AND network_id + 0 = current_setting('dkbm.network')::bigint
      AND (only_type = '' OR type = only_type)
      AND (type = 'document' OR visibility = ANY (visibilities) OR group_id = ANY (groups))
  ) AS matching
  WHERE bound IS NULL OR place <= bound OR type IN ('document', 'page')
$$;
REVOKE ALL ON FUNCTION search_candidates FROM PUBLIC;
COMMENT ON FUNCTION search_candidates IS
  'Ids of the newest entries of each type in the network of the session that hold the words and that the reader may '
  'see. Documents whatever their visibility, and all documents and pages: who reads them is known elsewhere.';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_types_of_apps"),
    ]

    operations = [
        migrations.AddField("searchentry", "continues", models.BooleanField(default=False)),
        migrations.RunSQL("UPDATE search_searchentry SET facets = NULL WHERE type = 'topic'", migrations.RunSQL.noop),
        migrations.AddIndex(
            "searchentry",
            django.contrib.postgres.indexes.GinIndex(fields=["document"], name="search_entries_by_word"),
        ),
        migrations.RunSQL(CANDIDATES, "DROP FUNCTION search_candidates"),
    ]
