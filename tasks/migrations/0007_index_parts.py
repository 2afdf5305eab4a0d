from django.db import migrations

from organizations.tenancy.seeking import index_parts


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0007_index_parts'),
        ('tasks', '0006_index_due_dates'),
    ]

    operations = [
        index_parts('tasks_task', 'search_text'),
    ]
