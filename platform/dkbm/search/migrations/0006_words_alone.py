"""The vectors hold words alone, and words of all genders in one: every entry is renewed after ``migrate``."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0005_sections_by_word")]

    operations = [migrations.RunSQL("UPDATE search_searchentry SET facets = NULL", migrations.RunSQL.noop)]
