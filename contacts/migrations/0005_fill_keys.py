from django.db import migrations

from contacts import likeness

BATCH = 500


def fill_keys(apps, schema_editor):
    fill(apps.get_model('contacts', 'Company'), 'domain', 'domain_key', likeness.domain_key)
    fill(apps.get_model('contacts', 'Contact'), 'email', 'email_key', likeness.key)


def fill(model, address, address_key, compared):
    last = 0
    while rows := list(model.objects.filter(pk__gt=last).order_by('pk').only('name', 'phone', address)[:BATCH]):
        last = rows[-1].pk
        for row in rows:
            row.name_key = likeness.key(row.name)
            row.phone_digits = likeness.digits(row.phone)
            row.phone_key = likeness.phone_key(row.phone)
            setattr(row, address_key, compared(getattr(row, address)))
        model.objects.bulk_update(rows, ['name_key', 'phone_digits', 'phone_key', address_key], batch_size=100)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0004_recognize_records'),
    ]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
