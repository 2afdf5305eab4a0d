"""Row-level security for every table of an organization's rows, on PostgreSQL."""

from django.db import migrations

from organizations.tenancy.row_policies import INVITATION_OF_TOKEN, OWN_MEMBERSHIPS, GuardRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0009_index_filters"),
        ("contacts", "0007_index_parts"),
        ("deals", "0009_index_parts"),
        ("tasks", "0007_index_parts"),
        ("activities", "0003_index_filters"),
    ]

    operations = [
        GuardRows("organizations.Membership", seen_besides=OWN_MEMBERSHIPS),
        GuardRows("organizations.Invitation", seen_besides=INVITATION_OF_TOKEN),
        GuardRows("organizations.ExchangeRate"),
        GuardRows("organizations.AuditEntry"),
        GuardRows("contacts.Company"),
        GuardRows("contacts.Contact"),
        GuardRows("deals.Pipeline"),
        GuardRows("deals.Stage"),
        GuardRows("deals.Deal"),
        GuardRows("deals.StageChange"),
        GuardRows("deals.DealTotal"),
        GuardRows("deals.DayTotal"),
        GuardRows("deals.WayTotal"),
        GuardRows("tasks.Task"),
        GuardRows("activities.Activity"),
    ]
