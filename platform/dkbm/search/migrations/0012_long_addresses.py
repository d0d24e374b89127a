"""A file may be called by 120 letters that stand for six signs each in its address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0011_texts_of_documents"),
    ]

    operations = [
        migrations.AlterField("searchentry", "url", models.CharField(max_length=2000)),
    ]
