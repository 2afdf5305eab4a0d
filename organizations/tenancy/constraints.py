"""Rules that the database itself keeps, each with the sentence and the code that people and programs see.

`Check` judges in Python what the database would judge, without asking it. `Unique` and `TenantForeignKey`
judge many rows with one statement. The database stays the last judge: see `integrity.py`.
Each has the `names` of the fields it looks at, and `broken_by(records)`: the places of those that break it.
"""

import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import models
from django.db.backends.ddl_references import Statement
from django.db.models.constants import LOOKUP_SEP
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy

from organizations.tenancy.ids import LARGEST_ID
from organizations.tenancy.refusals import Conflict

LOOKUPS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "in": lambda value, choices: value in choices,
}
COLLECTIONS = (list, tuple, set, frozenset)


class Check(models.CheckConstraint):
    """A check of one row, shown at `field`, that `validate` evaluates in Python as SQL would: unknown passes."""

    def __init__(self, *, field: str, **options: Any):
        super().__init__(**options)
        self.field = field
        self.names: set[str] = set()
        self._read(self.condition)

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        path, args, options = super().deconstruct()
        return path, args, {**options, "field": self.field}

    def refusal(self) -> ValidationError:
        return ValidationError(
            {self.field: ValidationError(str(self.violation_error_message), self.violation_error_code)}
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        if self.broken_by([instance]):
            raise self.refusal()

    def broken_by(self, records: Sequence[Any]) -> set[int]:
        return {place for place, record in enumerate(records) if self._judge(self.condition, record) is False}

    def _read(self, node: Any) -> None:
        """Note the fields of the condition; refuse what could be judged here otherwise than in the database."""
        if isinstance(node, models.Q) and node.connector != models.Q.XOR:
            for child in node.children:
                self._read(child)
            return
        if not isinstance(node, tuple):
            raise ImproperlyConfigured(f"Check does not know how to judge {node}.")
        path, wanted = node
        field, lookup = self._split(path)
        values = wanted if isinstance(wanted, COLLECTIONS) else [wanted]
        is_known = lookup in (*LOOKUPS, "isnull") and (lookup == "in") == isinstance(wanted, COLLECTIONS)
        if not is_known or any(value is None or isinstance(value, Combinable) for value in values):
            raise ImproperlyConfigured(f"Check does not know how to judge {path}={wanted!r}.")
        self.names.add(field)

    def _split(self, path: str) -> tuple[str, str]:
        field, _, lookup = path.partition(LOOKUP_SEP)
        return field, lookup or "exact"

    def _judge(self, node: Any, instance: Any) -> bool | None:
        """True, False, or None where a null makes it unknown."""
        if not isinstance(node, models.Q):
            path, wanted = node
            return self._judge_leaf(path, wanted, instance)
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

    @property
    def names(self) -> set[str]:
        return set(self.fields)

    def broken_by(self, records: Sequence[Any]) -> set[int]:
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
        return record.pk or -id(record)

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
            for pk, *values in model._base_manager.filter(**columns).order_by().values_list("pk", *attnames):
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
            violation_error_message=gettext_lazy("There is no such record in this organization."),
        )
        self.field, self.to, self.to_field = field, to, to_field
        self.names = {field}

    def broken_by(self, records: Sequence[Any]) -> set[int]:
        """The places in `records` of rows whose neighbor is not of their organization."""
        asked = {place: record for place, record in enumerate(records) if self._must_ask(record)}
        strangers = {place for place, record in enumerate(records) if place not in asked and self._is_foreign(record)}
        return strangers | self._unknown(asked)

    def is_vouched_for(self, record: Any, by: Any) -> bool:
        return bool(self.to) and by is not None and self._pair(record) == (by.organization_id, by.user_id)

    def is_lost_by(self, records: Sequence[Any]) -> bool:
        """Whether a neighbor that these records name is gone by now, whatever they believe."""
        return bool(self._unknown({place: record for place, record in enumerate(records) if self._pair(record)[1]}))

    def refusal(self) -> ValidationError:
        return ValidationError(
            {self.field: ValidationError(str(self.violation_error_message), self.violation_error_code)}
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        if self.broken_by([instance]):
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

    def _unknown(self, asked: dict[int, Any]) -> set[int]:
        known = self._known(asked.values()) if asked else set()
        return {place for place, record in asked.items() if self._pair(record) not in known}

    def _known(self, records: Iterable[Any]) -> set[tuple[Any, Any]]:
        target = self._target(next(iter(records))._meta.model)
        column = target._meta.get_field(self.to_field).attname
        known: set[tuple[Any, Any]] = set()
        pairs = {self._pair(record) for record in records}
        for some in _portions(sorted(pair for pair in pairs if pair[1] <= LARGEST_ID)):
            rows = target._base_manager.filter(
                organization_id__in={pair[0] for pair in some}, **{f"{column}__in": {pair[1] for pair in some}}
            )
            known.update(rows.order_by().values_list("organization_id", column))
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

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        table = schema_editor.quote_name(model._meta.db_table)
        body = self.constraint_sql(model, schema_editor).replace("%", "%%")
        return Statement(f"ALTER TABLE {table} ADD {body}")

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
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


def rules_of(model: type[models.Model]) -> list[Rule]:
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, Rule)]


def _portions(values: Sequence[Any], size: int = 300) -> Iterable[Sequence[Any]]:
    """Slices small enough for the number of parameters that a database takes."""
    return (values[start : start + size] for start in range(0, len(values), size))
