from django.db import migrations

from organizations.tenancy.seeking import sort_in_soon


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0009_count_rows'),
    ]

    operations = [
        sort_in_soon('contact', 'company'),
    ]
