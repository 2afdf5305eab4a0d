from django.db import migrations

from organizations.tenancy.parts import keep_parts


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0007_index_parts'),
    ]

    operations = [
        keep_parts('tasks_task', 'search_text'),
    ]
