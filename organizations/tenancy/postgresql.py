"""What only PostgreSQL has, for migrations that do nothing on SQLite."""

from typing import Any

from django.db import migrations


class RunOnPostgreSQL(migrations.RunSQL):
    """Statements for PostgreSQL alone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)


def index_nulls_last(model: str, column: str) -> RunOnPostgreSQL:
    """For a list by a column that may be empty, backwards: PostgreSQL counts what is empty as the greatest."""
    app, name = model.split("_")
    index = f"{name}_by_{column}_last"
    return RunOnPostgreSQL(
        f"CREATE INDEX {index} ON {app}_{name} (organization_id, {column} DESC NULLS LAST, id DESC)",
        f"DROP INDEX {index}",
    )
