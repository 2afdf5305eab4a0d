from django.db import migrations

from organizations.tenancy.row_policies import GuardRows


class Migration(migrations.Migration):
    dependencies = [
        ("crm_project", "0001_guard_rows"),
        ("organizations", "0010_count_rows"),
    ]

    operations = [
        GuardRows("organizations.RowTotal"),
    ]
