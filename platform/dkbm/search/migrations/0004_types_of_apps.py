from django.db import migrations, models


class Migration(migrations.Migration):
    """The apps register the types of their entries; the column holds any of them."""

    dependencies = [
        ("search", "0003_facets_with_keys"),
    ]

    operations = [
        migrations.AlterField(
            model_name="searchentry",
            name="type",
            field=models.CharField(max_length=20),
        ),
    ]
