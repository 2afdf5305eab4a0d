from django.db import migrations

from organizations.tenancy.parts import keep_parts


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0007_index_parts'),
    ]

    operations = [
        keep_parts('contacts_company', 'search_text', 'phone_digits'),
        keep_parts('contacts_contact', 'search_text', 'phone_digits'),
    ]
