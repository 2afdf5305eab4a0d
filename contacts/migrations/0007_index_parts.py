from django.db import migrations

from organizations.tenancy.seeking import AddExtensions, index_parts


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0006_index_filters'),
    ]

    operations = [
        AddExtensions(),
        index_parts('contacts_company', 'search_text', 'phone_digits'),
        index_parts('contacts_contact', 'search_text', 'phone_digits'),
    ]
