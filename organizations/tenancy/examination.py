"""Judges changes before they are written: every error of a row at once, neighbors and uniques set-wise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError

from organizations.tenancy.constraints import Rule, TenantForeignKey, rules_of
from organizations.tenancy.refusals import Conflict

if TYPE_CHECKING:
    from organizations.models import Membership

Change = tuple[Any, Any]  # (the record, the row as it is stored or None)


class Verdict:
    """What is wrong with each of some changes, by its place among them; empty when nothing is."""

    def __init__(self) -> None:
        self.errors: dict[int, dict[str, list[ValidationError]]] = {}
        self.conflicts: dict[int, Conflict] = {}
        self.forbidden: dict[int, PermissionDenied] = {}

    def note(self, place: int, judge: Callable[[], None], only_field: str | None = None) -> None:
        """Let one judge speak about the change at this place."""
        try:
            judge()
        except PermissionDenied as refusal:
            self.forbidden.setdefault(place, refusal)
        except Conflict as refusal:
            self.conflicts.setdefault(place, refusal)
        except ValidationError as error:
            self._add(place, error if only_field is None else ValidationError({only_field: error}))

    def is_sound(self, place: int, names: set[str]) -> bool:
        """Whether nothing is wrong with these fields themselves, so that a rule about them can be judged."""
        return not names & self.errors.get(place, {}).keys()

    def all(self) -> dict[int, Exception]:
        """One exception a place: what may not be done weighs more than what is wrong with it."""
        wrong = {place: ValidationError(errors) for place, errors in self.errors.items()}
        return {**self.conflicts, **wrong, **self.forbidden}

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
    for rule in rules_of(type(changes[0][0])) if changes else ():
        sound = [
            place
            for place, (record, _) in enumerate(changes)
            if verdict.is_sound(place, rule.names) and not _is_vouched_for(rule, record, by)
        ]
        for found in rule.broken_by([changes[place][0] for place in sound]):
            verdict.note(sound[found], _raiser(rule.refusal()))
    return verdict


def _judge_row(verdict: Verdict, place: int, record: Any, stored: Any, by: Membership | None) -> None:
    relations = [field for field in record._meta.concrete_fields if field.is_relation]
    verdict.note(place, lambda: record.clean_fields(exclude={field.name for field in relations}))
    for field in relations:
        if not field.null and getattr(record, field.attname) is None:
            verdict.note(place, _raiser(ValidationError(field.error_messages["null"], "null")), field.name)
    verdict.note(place, record.clean)
    verdict.note(place, lambda: record.check_change(stored, by))


def _is_vouched_for(rule: Rule, record: Any, by: Membership | None) -> bool:
    """Whether the neighbor is who acts, of whom it is known where they belong."""
    return isinstance(rule, TenantForeignKey) and rule.is_vouched_for(record, by)


def _raiser(refusal: Exception) -> Callable[[], None]:
    def judge() -> None:
        raise refusal

    return judge
