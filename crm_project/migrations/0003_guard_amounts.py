from django.db import migrations

from organizations.tenancy.row_policies import GuardRows


class Migration(migrations.Migration):
    dependencies = [
        ("crm_project", "0002_guard_row_totals"),
        ("deals", "0012_keep_amounts"),
    ]

    operations = [
        GuardRows("deals.AmountTotal"),
    ]
