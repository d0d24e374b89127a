"""When the line below a topic's title last changed, and when the topic was last closed or opened again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forum", "0003_reason_of_deleted_topic")]

    operations = [
        migrations.AddField("topic", "state_revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("topic", "closing_revision", models.PositiveIntegerField(default=0)),
    ]
