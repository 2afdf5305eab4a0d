from django.db import migrations

from organizations.tenancy.fields import fold

MODELS = ('Deal',)
BATCH = 500


def fold_again(apps, schema_editor):
    for name in MODELS:
        model = apps.get_model('deals', name)
        last = 0
        while rows := list(model.objects.filter(pk__gt=last).order_by('pk').only('search_text')[:BATCH]):
            last = rows[-1].pk
            for row in rows:
                row.search_text = fold(row.search_text)
            model.objects.bulk_update(rows, ['search_text'], batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0002_index_lists'),
    ]

    operations = [
        migrations.RunPython(fold_again, migrations.RunPython.noop),
    ]
