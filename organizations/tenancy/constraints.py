"""Rules that the database itself keeps, each with the sentence and the code that people and programs see.

`Check` judges in Python what the database would judge, without asking it. `Unique` and `TenantForeignKey`
judge many rows with one statement. The database stays the last judge: `refusal_for` words its no.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, models
from django.db.backends.ddl_references import Statement
from django.db.models.constants import LOOKUP_SEP

from organizations.tenancy.refusals import Conflict

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, choices: value in choices,
}


class Check(models.CheckConstraint):
    """A check of one row, shown at `field`, that `validate` evaluates in Python as SQL would: unknown passes."""

    def __init__(self, *, field: str, **options: Any):
        super().__init__(**options)
        self.field = field
        self._refuse_unknown_lookups(self.condition)

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        path, args, options = super().deconstruct()
        return path, args, {**options, "field": self.field}

    def refusal(self) -> ValidationError:
        return ValidationError(
            {self.field: ValidationError(str(self.violation_error_message), self.violation_error_code)}
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        if self._judge(self.condition, instance) is False:
            raise self.refusal()

    def _refuse_unknown_lookups(self, node: Any) -> None:
        if isinstance(node, models.Q) and node.connector != models.Q.XOR:
            for child in node.children:
                self._refuse_unknown_lookups(child)
            return
        path, wanted = node if isinstance(node, tuple) else (str(node), None)
        _, lookup = self._split(path)
        if (lookup not in LOOKUPS and lookup != "isnull") or isinstance(wanted, models.expressions.Combinable):
            raise ImproperlyConfigured(f"Check does not know how to judge {path}={wanted!r}.")

    def _split(self, path: str) -> tuple[str, str]:
        field, _, lookup = path.partition(LOOKUP_SEP)
        return field, lookup or "exact"

    def _judge(self, node: Any, instance: Any) -> bool | None:
        """True, False, or None where a null makes it unknown."""
        if not isinstance(node, models.Q):
            return self._judge_leaf(*node, instance)
        verdicts = [self._judge(child, instance) for child in node.children]
        strong = node.connector == models.Q.OR
        verdict = strong if strong in verdicts else None if None in verdicts else not strong
        return not verdict if node.negated and verdict is not None else verdict

    def _judge_leaf(self, path: str, wanted: Any, instance: Any) -> bool | None:
        field, lookup = self._split(path)
        value = getattr(instance, instance._meta.get_field(field).attname)
        if lookup == "isnull":
            return (value is None) is wanted
        return None if value is None else LOOKUPS[lookup](value, wanted)


class Unique(models.UniqueConstraint):
    """A unique constraint on plain fields; a second row is a conflict, shown at the last field."""

    def taken(self, records: Sequence[Any]) -> set[int]:
        """The places in `records` of rows whose values a stored row or an earlier one of these already has."""
        wanted = {place: self._values(record) for place, record in enumerate(records) if self._concerns(record)}
        owners = self._stored(records[0]._meta.model, set(wanted.values())) if wanted else {}
        places = set()
        for place, values in wanted.items():
            if owners.setdefault(values, self._key(records[place])) != self._key(records[place]):
                places.add(place)
        return places

    def refusal(self) -> Conflict:
        return Conflict(str(self.violation_error_message), str(self.violation_error_code), self.fields[-1])

    def _key(self, record: Any) -> Any:
        return record.pk or id(record)

    def _values(self, record: Any) -> tuple[Any, ...]:
        return tuple(getattr(record, record._meta.get_field(name).attname) for name in self.fields)

    def _concerns(self, record: Any) -> bool:
        changed = record.changed_fields()
        filled = all(value not in (None, "") for value in self._values(record))
        return filled and any(record._meta.get_field(name).attname in changed for name in self.fields)

    def _stored(self, model: Any, wanted: set[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
        """Which row has which of these values now."""
        found: dict[tuple[Any, ...], Any] = {}
        attnames = [model._meta.get_field(name).attname for name in self.fields]
        for some in _portions(sorted(wanted, key=str)):
            columns = {f"{attname}__in": {values[i] for values in some} for i, attname in enumerate(attnames)}
            for pk, *values in model._base_manager.filter(**columns).values_list("pk", *attnames):
                found[tuple(values)] = pk
        return found


class TenantForeignKey(models.BaseConstraint):
    """The database's own word that a neighbor belongs to the same organization.

    `(organization_id, <field>_id)` refers to `(organization_id, <to_field>)` of the neighbor's table; with
    `to` of another table that knows who belongs where, such as the memberships for a user.
    """

    def __init__(self, *, field: str, name: str, to: str = "", to_field: str = "id"):
        super().__init__(
            name=name,
            violation_error_code="does_not_exist",
            violation_error_message="There is no such record in this organization.",
        )
        self.field, self.to, self.to_field = field, to, to_field

    def missing(self, records: Sequence[Any]) -> set[int]:
        """The places in `records` of rows whose neighbor is not of their organization."""
        asked = {place: record for place, record in enumerate(records) if self._must_ask(record)}
        strangers = {place for place, record in enumerate(records) if place not in asked and self._is_foreign(record)}
        if not asked:
            return strangers
        known = self._known(records[0]._meta.model, asked.values())
        return strangers | {place for place, record in asked.items() if self._pair(record) not in known}

    def refusal(self) -> ValidationError:
        return ValidationError(
            {self.field: ValidationError(str(self.violation_error_message), self.violation_error_code)}
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        if self.missing([instance]):
            raise self.refusal()

    def _pair(self, record: Any) -> tuple[Any, Any]:
        return record.organization_id, getattr(record, record._meta.get_field(self.field).attname)

    def _cached(self, record: Any) -> Any:
        return None if self.to else record._state.fields_cache.get(self.field)

    def _must_ask(self, record: Any) -> bool:
        attname = record._meta.get_field(self.field).attname
        return self._pair(record)[1] is not None and attname in record.changed_fields() and not self._cached(record)

    def _is_foreign(self, record: Any) -> bool:
        neighbor = self._cached(record)
        return neighbor is not None and neighbor.organization_id != record.organization_id

    def _target(self, model: Any) -> Any:
        return apps.get_model(self.to) if self.to else model._meta.get_field(self.field).related_model

    def _known(self, model: Any, records: Iterable[Any]) -> set[tuple[Any, Any]]:
        target = self._target(model)
        column = target._meta.get_field(self.to_field).attname
        known: set[tuple[Any, Any]] = set()
        for some in _portions(sorted({self._pair(record) for record in records})):
            rows = target._base_manager.filter(
                organization_id__in={pair[0] for pair in some}, **{f"{column}__in": {pair[1] for pair in some}}
            )
            known.update(rows.values_list("organization_id", column))
        return known

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        target = self._target(model)
        quote = schema_editor.quote_name
        here = model._meta.get_field(self.field).column
        there = target._meta.get_field(self.to_field).column
        return (
            f"CONSTRAINT {quote(self.name)} FOREIGN KEY ({quote('organization_id')}, {quote(here)})"
            f" REFERENCES {quote(target._meta.db_table)} ({quote('organization_id')}, {quote(there)})"
        )

    def create_sql(self, model: Any, schema_editor: Any) -> Statement:
        table = schema_editor.quote_name(model._meta.db_table)
        body = self.constraint_sql(model, schema_editor).replace("%", "%%")
        return Statement(f"ALTER TABLE {table} ADD {body}")

    def remove_sql(self, model: Any, schema_editor: Any) -> Statement:
        table = schema_editor.quote_name(model._meta.db_table)
        return Statement(f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}")

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        options = {"field": self.field, "name": self.name}
        if self.to:
            options.update(to=self.to, to_field=self.to_field)
        return f"{type(self).__module__}.{type(self).__qualname__}", (), options

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TenantForeignKey) and self.deconstruct() == other.deconstruct()

    __hash__ = models.BaseConstraint.__hash__


Rule = Check | Unique | TenantForeignKey


def refusal_for(error: IntegrityError, model: type[models.Model]) -> Exception:
    """The database's no in our words; the error itself where no constraint of ours explains it."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, Rule) and _is_named(constraint, error, model):
            return constraint.refusal()
    return error


def _is_named(constraint: models.BaseConstraint, error: IntegrityError, model: type[models.Model]) -> bool:
    """PostgreSQL names the constraint; SQLite names a check, and of a unique one the columns."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return diagnosis.constraint_name == constraint.name
    if isinstance(constraint, Unique):
        columns = [f"{model._meta.db_table}.{model._meta.get_field(name).column}" for name in constraint.fields]
        return str(error).endswith("failed: " + ", ".join(columns))
    return str(error).endswith(f"failed: {constraint.name}")


def _portions(values: Sequence[Any], size: int = 300) -> Iterable[Sequence[Any]]:
    """Slices small enough for the number of parameters that a database takes."""
    return (values[start : start + size] for start in range(0, len(values), size))
