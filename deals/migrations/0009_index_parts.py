from django.db import migrations

from organizations.tenancy.seeking import index_parts


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0007_index_parts'),
        ('deals', '0008_index_close_dates'),
    ]

    operations = [
        index_parts('deals_deal', 'search_text'),
    ]
