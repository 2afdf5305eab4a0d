import django.db.models.deletion
from django.db import migrations, models

from deals import recount, triggers


def keep(apps, schema_editor):
    """The triggers first: whoever writes meanwhile waits for this transaction."""
    triggers.create(schema_editor.connection)
    recount.rebuild(schema_editor.connection)


def keep_no_more(apps, schema_editor):
    triggers.create(schema_editor.connection, without="deals_closingtotal")


class Migration(migrations.Migration):

    dependencies = [
        ('deals', '0013_sort_parts_in_soon'),
        ('organizations', '0010_count_rows'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClosingTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.BigIntegerField()),
                ('status', models.CharField(max_length=12)),
                ('day', models.DateField()),
                ('count', models.BigIntegerField()),
                ('organization', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organizations.organization')),
            ],
            options={
                'indexes': [models.Index(fields=['organization', 'day', 'stage', 'status'], name='closing_total')],
            },
        ),
        migrations.RunPython(keep, keep_no_more),
    ]
