from django.db import migrations

from organizations.tenancy.row_policies import GuardRows


class Migration(migrations.Migration):
    dependencies = [
        ("crm_project", "0003_guard_amounts"),
        ("deals", "0014_keep_closings"),
    ]

    operations = [
        GuardRows("deals.ClosingTotal"),
    ]
