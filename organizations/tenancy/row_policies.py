"""A migration's operation: the policy that shows a table's rows only to who is in their organization, on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

# Each setting is read once a statement, not once a row. One that was never made, or is over, is null or empty.
SETTING = "(SELECT NULLIF(current_setting('app.{}', true), ''){})"
ORGANIZATION, USER = SETTING.format("organization_id", "::bigint"), SETTING.format("user_id", "::bigint")
INVITATION, OPERATOR = SETTING.format("invitation", ""), SETTING.format("operator", "")
INSIDE = f"organization_id = {ORGANIZATION} OR {OPERATOR} = 'on'"
OWN_MEMBERSHIPS, INVITATION_OF_TOKEN = f"user_id = {USER}", f"token_hash = {INVITATION}"


class GuardRows(Operation):
    """Switches row security on for this model. Its owner, who migrates, is not bound; whoever else is granted it, is.

    `seen_besides` is a condition under which rows are seen, though never written or locked, from outside.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, seen_besides: str = ""):
        self.model, self.seen_besides = model, seen_besides

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The models stay what they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        statements = [
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY organization ON {{table}} USING ({INSIDE}) WITH CHECK ({INSIDE})",
        ]
        if self.seen_besides:
            statements.append(f"CREATE POLICY besides ON {{table}} FOR SELECT USING ({self.seen_besides})")
        self._run(schema_editor, to_state, statements)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        statements = [
            "DROP POLICY IF EXISTS besides ON {table}",
            "DROP POLICY organization ON {table}",
            "ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]
        self._run(schema_editor, from_state, statements)

    def _run(self, schema_editor: Any, state: Any, statements: list[str]) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        model = state.apps.get_model(*self.model.split("."))
        for statement in statements:
            schema_editor.execute(statement.format(table=schema_editor.quote_name(model._meta.db_table)))

    def describe(self) -> str:
        return f"Guard the rows of {self.model}"
