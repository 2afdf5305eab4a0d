"""The database itself refuses to change an entry of the audit, and to delete one before its organization departs.

SQLite loses a trigger when Django makes its table anew: a migration that alters the table must run these again.
"""

from django.db import migrations

TABLE = "organizations_auditentry"
SENTENCE = "Entries of the audit are neither changed nor deleted."
DEPARTED = "EXISTS (SELECT 1 FROM organizations_departure WHERE id = OLD.organization_id)"
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER audit_unchanged BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
        f"CREATE TRIGGER audit_undeleted BEFORE DELETE ON {TABLE} WHEN NOT {DEPARTED}"
        f" BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END",
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND {DEPARTED} THEN
                RETURN OLD;
            END IF;
            RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation';
        END $$
        """,
        f"CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_kept()",
    ],
}
NO_GUARDS = {
    "sqlite": ["DROP TRIGGER audit_unchanged", "DROP TRIGGER audit_undeleted"],
    "postgresql": [f"DROP TRIGGER audit_is_kept ON {TABLE}", "DROP FUNCTION audit_is_kept"],
}


def guard(apps, schema_editor):
    for statement in GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    for statement in NO_GUARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0007_keep_audit")]
    operations = [migrations.RunPython(guard, unguard)]
