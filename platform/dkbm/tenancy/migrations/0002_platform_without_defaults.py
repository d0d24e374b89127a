"""Remove what Wagtail's migrations create for a single site, and enter the platform's own row.

A default site would answer for unknown hosts; the groups „Moderators“ and „Editors“ hold rights on the whole
tree; the workflow would be everybody's.
"""

from django.db import migrations

PLATFORM_ID = 0


def remove_defaults(apps, schema_editor):
    apps.get_model("wagtailcore", "Site").objects.all().delete()
    for name in ("WorkflowPage", "WorkflowTask", "Workflow", "GroupApprovalTask", "Task"):
        apps.get_model("wagtailcore", name).objects.all().delete()
    apps.get_model("wagtailcore", "GroupPagePermission").objects.all().delete()
    apps.get_model("wagtailcore", "GroupCollectionPermission").objects.all().delete()
    apps.get_model("auth", "Group").objects.all().delete()
    page = apps.get_model("basepage", "BasePage")
    page.objects.filter(depth__gt=1).delete()
    page.objects.filter(depth=1).update(numchild=0)


def add_platform(apps, schema_editor):
    apps.get_model("tenancy", "Network").objects.get_or_create(
        id=PLATFORM_ID,
        defaults={"slug": "plattform", "name": "Transfernetz", "short_name": "Transfernetz", "listed": False},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_initial"),
        ("basepage", "0003_wagtail_relations"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]

    run_before = [("basepage", "0004_network")]

    operations = [
        migrations.RunPython(remove_defaults, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(add_platform, migrations.RunPython.noop, elidable=False),
    ]
