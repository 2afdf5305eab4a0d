from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0010_sort_parts_in_soon'),
        ('deals', '0014_keep_closings'),
        ('organizations', '0010_count_rows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='deal',
            index=models.Index(fields=['owner', 'organization', 'closed_at'], name='deal_of_owner_by_closing'),
        ),
    ]
