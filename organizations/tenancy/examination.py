"""Judges changes before they are written: every error of a row at once, neighbors and uniques set-wise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError

from organizations.tenancy.constraints import Check, TenantForeignKey, Unique
from organizations.tenancy.refusals import Conflict

if TYPE_CHECKING:
    from organizations.models import Membership

Change = tuple[Any, Any]  # (the record, the row as it is stored or None)


class Verdict:
    """What is wrong with each of some changes, by its place among them; empty when nothing is."""

    def __init__(self) -> None:
        self.errors: dict[int, dict[str, list[ValidationError]]] = {}
        self.refusals: dict[int, Exception] = {}

    def note(self, place: int, judge: Callable[[], None], only_field: str | None = None) -> None:
        """Let one judge speak about the change at this place."""
        try:
            judge()
        except (Conflict, PermissionDenied) as refusal:
            self.refusals.setdefault(place, refusal)
        except ValidationError as error:
            self._add(place, error if only_field is None else ValidationError({only_field: error}))

    def has_errors(self, place: int) -> bool:
        return place in self.errors or place in self.refusals

    def all(self) -> dict[int, Exception]:
        """One exception a place: what may not be done weighs more than what is wrong with it."""
        wrong = {place: ValidationError(errors) for place, errors in self.errors.items()}
        conflicts = {place: no for place, no in self.refusals.items() if isinstance(no, Conflict)}
        forbidden = {place: no for place, no in self.refusals.items() if isinstance(no, PermissionDenied)}
        return {**conflicts, **wrong, **forbidden}

    def raise_first(self) -> None:
        for refusal in self.all().values():
            raise refusal

    def _add(self, place: int, error: ValidationError) -> None:
        found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        errors = self.errors.setdefault(place, {})
        for name, details in found.items():
            errors.setdefault(name, []).extend(details)


def examine(changes: Sequence[Change], by: Membership | None) -> Verdict:
    """Judge these changes of one model, made by this member (None: a command)."""
    verdict = Verdict()
    for place, (record, stored) in enumerate(changes):
        _judge_row(verdict, place, record, stored, by)
    records = [record for record, _ in changes]
    for rule in type(records[0])._meta.constraints if records else ():
        if isinstance(rule, (TenantForeignKey, Unique)):
            places = rule.missing(records) if isinstance(rule, TenantForeignKey) else rule.taken(records)
            for place in places:
                verdict.note(place, _raiser(rule.refusal()))
    return verdict


def _judge_row(verdict: Verdict, place: int, record: Any, stored: Any, by: Membership | None) -> None:
    relations = [field for field in record._meta.concrete_fields if field.is_relation]
    verdict.note(place, lambda: record.clean_fields(exclude={field.name for field in relations}))
    for field in relations:
        if not field.null and getattr(record, field.attname) is None:
            verdict.note(place, _raiser(ValidationError(field.error_messages["null"], "null")), field.name)
    verdict.note(place, record.clean)
    if not verdict.has_errors(place):
        for rule in record._meta.constraints:
            if isinstance(rule, Check):
                verdict.note(place, lambda rule=rule: rule.validate(type(record), record))
    verdict.note(place, lambda: record.check_change(stored, by))


def _raiser(refusal: Exception) -> Callable[[], None]:
    def judge() -> None:
        raise refusal

    return judge
