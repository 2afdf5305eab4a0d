from django.db import migrations

from organizations.tenancy.postgresql import index_nulls_last


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0007_index_filters'),
    ]

    operations = [
        index_nulls_last('deals_deal', 'expected_close_date'),
    ]
