from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0009_young_posts_of_an_author"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(
                condition=models.Q(("deleted__isnull", True), ("solved_post__isnull", False)),
                fields=["space", "-last_post_at", "-id"],
                name="solved_by_last_post",
            ),
        ),
    ]
