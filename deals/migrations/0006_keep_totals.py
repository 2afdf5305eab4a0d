from django.db import migrations

from deals import recount, triggers


def keep(apps, schema_editor):
    """The triggers first: whoever writes meanwhile waits for this transaction."""
    triggers.create(schema_editor.connection)
    recount.rebuild(schema_editor.connection)


def keep_no_more(apps, schema_editor):
    triggers.drop(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0005_create_totals'),
    ]

    operations = [
        migrations.RunPython(keep, keep_no_more),
    ]
