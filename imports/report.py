"""What became of the rows of a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError


@dataclass
class Report:
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: dict[int, list[str]] = field(default_factory=dict)  # by line, why

    def __str__(self) -> str:
        counts = f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged"
        return f"{counts}, {len(self.refused)} refused"

    def add(self, other: Report) -> None:
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.refused.update(other.refused)

    def refuse(self, line: int, refusal: Exception) -> None:
        self.refused[line] = list(sentences_of(refusal))

    @contextmanager
    def refusing(self, line: int) -> Iterator[None]:
        """What is refused inside is the fault of this line, and ends nothing else."""
        try:
            yield
        except (ValidationError, PermissionDenied) as refusal:
            self.refuse(line, refusal)


def sentences_of(refusal: Exception) -> Iterator[str]:
    """A refusal as people read it: each sentence behind its field."""
    if not isinstance(refusal, ValidationError):
        yield str(refusal)
        return
    errors = refusal.error_dict if hasattr(refusal, "error_dict") else {NON_FIELD_ERRORS: refusal.error_list}
    for name, details in errors.items():
        for detail in details:
            prefix = "" if name == NON_FIELD_ERRORS else f"{name}: "
            yield prefix + " ".join(detail.messages)
