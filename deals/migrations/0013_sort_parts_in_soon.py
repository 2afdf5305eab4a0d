from django.db import migrations

from organizations.tenancy.seeking import sort_in_soon


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0012_keep_amounts'),
    ]

    operations = [
        sort_in_soon('deal'),
    ]
