"""The log has an app of its own: its table gets that name, and the model goes there with all rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0002_platform_without_defaults"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="AuditEntry")],
            database_operations=[migrations.AlterModelTable(name="auditentry", table="audit_auditentry")],
        ),
    ]
