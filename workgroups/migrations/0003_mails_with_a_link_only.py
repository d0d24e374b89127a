from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workgroups", "0002_pictures")]

    operations = [
        migrations.AddField(
            "workgroup",
            "mails_link_only",
            models.BooleanField(default=False, db_default=False, verbose_name="E-Mails nur mit Link"),
        ),
    ]
