from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0015_index_own_deals'),
        ('organizations', '0010_count_rows'),
        ('tasks', '0010_sort_parts_in_soon'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('is_done', False)), fields=['deal'], name='open_task_of_deal'),
        ),
    ]
