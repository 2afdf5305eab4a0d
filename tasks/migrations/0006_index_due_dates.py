from django.db import migrations

from organizations.tenancy.postgresql import index_nulls_last


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0005_index_filters'),
    ]

    operations = [
        index_nulls_last('tasks_task', 'due_date'),
    ]
