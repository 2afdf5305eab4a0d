"""Turns rows into companies, contacts or deals, known again by their external id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models

from imports.mapping import Mapping, field_of
from imports.neighbors import WAYS, Neighbors, find_all
from imports.report import Report
from imports.rows import Row
from organizations.models import Membership, Organization
from organizations.tenancy.bulk import save_all_by

OWN_AFFAIRS = {"id", "organization", "version", "updated_at", "search_text"}
OWN_AFFAIRS |= {"phone_digits", "phone_key", "name_key", "email_key", "domain_key"}
NOON = 12


def targets_of(model: Any) -> set[str]:
    """What a mapping may fill: the fields, and neighbors by the ways to find them."""
    names = {field.name for field in model._meta.concrete_fields} - OWN_AFFAIRS
    relations = {field.name for field in model._meta.concrete_fields if field.is_relation}
    return (names - relations) | {target for target in WAYS if field_of(target) in names}


class RecordImport:
    """Saves the rows of one file as records of one model."""

    def __init__(self, model: Any, mapping: Mapping, organization: Organization, by: Membership | None):
        self.model, self.mapping, self.organization, self.by = model, mapping, organization, by
        self.zone = ZoneInfo(organization.time_zone)
        self.lines_by_external_id: dict[str, int] = {}

    def save(self, rows: Sequence[Row]) -> Report:
        """Save those of these rows that keep the rules."""
        report = Report()
        values = self._read(rows, report)
        neighbors = Neighbors(self.organization, values.values())
        stored = self._stored(values)
        lines = {}
        for line, said in values.items():
            with report.refusing(line):
                record = stored.get(line) or self.model(organization=self.organization)
                self._fill(record, said, neighbors)
                lines[id(record)] = (line, record)
        outcome = save_all_by([record for _, record in lines.values()], self.by)
        for record, refusal in outcome.refused:
            report.refuse(lines[id(record)][0], refusal)
        report.created, report.changed = len(outcome.created), len(outcome.changed)
        report.unchanged = len(outcome.unchanged)
        return report

    def _read(self, rows: Sequence[Row], report: Report) -> dict[int, dict[str, str]]:
        """What the rows say, by line; each external id only once in a file."""
        values = {}
        for row in rows:
            with report.refusing(row.line):
                said = self.mapping.values(row.cells())
                if "external_id" in said:
                    self._refuse_repetition(row.line, said["external_id"])
                values[row.line] = said
        return values

    def _refuse_repetition(self, line: int, external_id: str) -> None:
        if not external_id:
            sentence = "Without an external id this row would not be known again."
            raise ValidationError({"external_id": ValidationError(sentence, "blank")})
        first = self.lines_by_external_id.setdefault(external_id, line)
        if first != line:
            sentence = f"Line {first} has this external id."
            raise ValidationError({"external_id": ValidationError(sentence, "external_id_taken")})

    def _stored(self, values: dict[int, dict[str, str]]) -> dict[int, Any]:
        """The records that were here before, by line."""
        lines = {said["external_id"]: line for line, said in values.items() if "external_id" in said}
        found = find_all(self.model.objects.filter(organization=self.organization), "external_id", set(lines))
        return {lines[external_id]: records[0] for external_id, records in found.items()}

    def _fill(self, record: Any, said: dict[str, str], neighbors: Neighbors) -> None:
        """Raises ValidationError with every text that its field can't take."""
        errors = {}
        for target, text in said.items():
            field = self.model._meta.get_field(field_of(target))
            try:
                if text:
                    value = neighbors.get(target, text) if target in WAYS else self._value(field, text)
                    setattr(record, field.name, value)
                elif _can_be_empty(field):
                    setattr(record, field.name, None if field.null else "")
            except ValidationError as error:
                errors[target] = error
        if errors:
            raise ValidationError(errors)

    def _value(self, field: Any, text: str) -> Any:
        return instant(field, text, self.zone) if isinstance(field, models.DateTimeField) else field.to_python(text)


def _can_be_empty(field: Any) -> bool:
    """What may not be empty, or what the hall dates by itself, an empty cell leaves alone."""
    return field.editable and (field.null or field.blank)


def instant(field: Any, text: str, zone: ZoneInfo) -> datetime:
    """The instant that is written; of a bare date the noon, in this time zone where none is written."""
    try:
        written = datetime.fromisoformat(text)
        if len(text) <= len("2016-10-20"):
            written = written.replace(hour=NOON)
        return (written if written.tzinfo else written.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValidationError(field.error_messages["invalid"], "invalid", {"value": text}) from error
