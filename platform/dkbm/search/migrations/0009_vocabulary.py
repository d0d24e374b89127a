"""Long words are found by their parts and titles by an index of their own; the network's words are known.

Every entry is renewed after ``migrate``. ``search_candidates`` may look at headings alone, for what a frequent word
must not push out.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import dkbm.tenancy.context

OLD = "tsquery, text[], bigint[], text, integer"
CANDIDATES = """
DROP FUNCTION search_candidates({old});
CREATE FUNCTION search_candidates(query tsquery, visibilities text[], groups bigint[], only_type text, bound integer,
  headings boolean DEFAULT false)
RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $$
  SELECT id FROM (
    SELECT id, type, row_number() OVER (PARTITION BY type ORDER BY date DESC NULLS LAST, id DESC) AS place
    FROM (
      SELECT id, type, date, visibility, group_id FROM public.search_searchentry
      WHERE document @@ query AND NOT headings AND network_id + 0 = current_setting('dkbm.network')::bigint
      UNION ALL
      SELECT id, type, date, visibility, group_id FROM public.search_searchentry
      WHERE heading @@ query AND headings AND network_id + 0 = current_setting('dkbm.network')::bigint
    ) AS found
    WHERE (only_type = '' OR type = only_type)
      AND (type = 'document' OR visibility = ANY (visibilities) OR group_id = ANY (groups))
  ) AS matching
  WHERE bound IS NULL OR place <= bound OR type IN ('document', 'page')
$$;
REVOKE ALL ON FUNCTION search_candidates FROM PUBLIC;
COMMENT ON FUNCTION search_candidates IS
  'Ids of the newest entries of each type in the network of the session that hold the words (in their headings alone, '
  'if so asked) and that the reader may see. Documents whatever their visibility, and all documents and pages: who '
  'reads them is known elsewhere.';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0005_waiting_note"),
        ("search", "0008_public_entries"),
    ]

    operations = [
        migrations.AddField("searchentry", "heading", django.contrib.postgres.search.SearchVectorField(null=True)),
        migrations.AddIndex(
            "searchentry",
            django.contrib.postgres.indexes.GinIndex(fields=["heading"], name="search_entries_by_heading"),
        ),
        migrations.RunSQL(CANDIDATES.format(old=OLD), migrations.RunSQL.noop),
        migrations.RunSQL("UPDATE search_searchentry SET facets = NULL", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="VocabularyWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60)),
                ("root", models.CharField(max_length=60)),
                ("length", models.SmallIntegerField()),
                ("letters", models.IntegerField()),
                ("entries", models.IntegerField(default=1)),
                ("within", models.IntegerField(default=1)),
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
            ],
            options={
                "verbose_name": "Wort der Suche",
                "verbose_name_plural": "Wörter der Suche",
                "indexes": [
                    models.Index(fields=["network", "word"], name="search_vocabulary_by_word"),
                    models.Index(fields=["network", "root"], name="search_vocabulary_by_root"),
                    models.Index(fields=["network", "length", "letters"], name="search_vocabulary_by_letters"),
                ],
            },
        ),
    ]
