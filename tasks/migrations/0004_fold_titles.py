from django.db import migrations

from organizations.tenancy.fields import fold

BATCH = 500


def fold_titles(apps, schema_editor):
    tasks = apps.get_model('tasks', 'Task').objects
    last = 0
    while rows := list(tasks.filter(pk__gt=last).order_by('pk').only('title')[:BATCH]):
        last = rows[-1].pk
        for row in rows:
            row.search_text = fold(row.title)
        tasks.bulk_update(rows, ['search_text'], batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0003_search_tasks'),
    ]

    operations = [
        migrations.RunPython(fold_titles, migrations.RunPython.noop),
    ]
