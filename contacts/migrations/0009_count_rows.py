from django.db import migrations

from organizations.row_totals import count_rows


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0008_keep_parts'),
        ('organizations', '0010_count_rows'),
    ]

    operations = [
        count_rows('contacts_company'),
        count_rows('contacts_contact'),
    ]
