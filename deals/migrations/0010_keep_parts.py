from django.db import migrations

from organizations.tenancy.parts import keep_parts


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0009_index_parts'),
    ]

    operations = [
        keep_parts('deals_deal', 'search_text'),
    ]
