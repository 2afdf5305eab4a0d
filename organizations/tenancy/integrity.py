"""The database's no in our words: which rule an IntegrityError is about."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from organizations.tenancy.constraints import Rule, TenantForeignKey, Unique, rules_of
from organizations.tenancy.refusals import Conflict


@contextmanager
def refused_in_our_words(records: Sequence[Any]) -> Iterator[None]:
    """Around the transaction that writes these records: the database judges some rules only at its end."""
    try:
        yield
    except IntegrityError as error:
        if refusal := refusal_for(error, records):
            raise refusal from error
        raise


def refusal_for(error: IntegrityError, records: Sequence[Any]) -> ValidationError | None:
    """The database's no to these records in our words; None where no constraint of ours explains it."""
    for rule in rules_of(type(records[0])):
        if _explains(rule, error, records):
            return rule.refusal()
    return _neighbor_gone() if _is_foreign_key(error) else None


def _is_foreign_key(error: IntegrityError) -> bool:
    """A plain one of Django's: PostgreSQL finds it broken only at the end of the transaction."""
    return getattr(error.__cause__, "sqlstate", None) == "23503" or str(error).startswith("FOREIGN KEY")


def _neighbor_gone() -> Conflict:
    return Conflict(_("Something that this record belongs to was deleted in the meantime."), "neighbor_gone")


def _explains(rule: Rule, error: IntegrityError, records: Sequence[Any]) -> bool:
    """PostgreSQL names the constraint; SQLite a check, the columns of a unique one, and of a foreign key nothing."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == rule.name)
    if isinstance(rule, TenantForeignKey):
        return str(error).startswith("FOREIGN KEY") and rule.is_lost_by(records)
    if isinstance(rule, Unique):
        meta = records[0]._meta
        columns = [f"{meta.db_table}.{meta.get_field(name).column}" for name in rule.fields]
        return str(error).endswith("failed: " + ", ".join(columns))
    return str(error).endswith(f"failed: {rule.name}")
