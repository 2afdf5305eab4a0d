"""Reads a CSV file row by row, each with the line that it begins at."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from organizations.tenancy.fields import tidy


@dataclass(frozen=True)
class Row:
    """What a file says in one row, before anybody asked what it means."""

    line: int
    header: list[str]
    texts: list[str]

    def cells(self) -> dict[str, str]:
        """The tidy cells by column. Raises ValidationError for control characters, or cells that miss the header."""
        if len(self.texts) != len(self.header):
            sentence = f"This row has {len(self.texts)} cells, the header has {len(self.header)}."
            raise ValidationError(sentence, "ragged_row")
        return {column: _tidy(column, text) for column, text in zip(self.header, self.texts, strict=True)}


def _tidy(column: str, text: str) -> str:
    try:
        return tidy(text)
    except ValidationError as error:
        raise ValidationError({column: error}) from error


class Sheet:
    """A CSV file with a header. Opened once to see that all of it can be read, and again to read it."""

    def __init__(self, path: Path):
        """Raises ValidationError for what is no CSV file in UTF-8, or has no rows."""
        self.path = path
        if not path.is_file():
            raise ValidationError(f"There is no file {path}.", "no_such_file")
        self.header: list[str] = []
        self.count = sum(1 for _ in self)
        if not self.count:
            raise ValidationError(f"{path} has no rows.", "empty_file")

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            try:
                yield from self._rows(csv.reader(file, strict=True))
            except UnicodeDecodeError as error:
                raise ValidationError(f"{self.path} is not text in UTF-8.", "not_utf8") from error

    def refuse_unless_has(self, columns: set[str]) -> None:
        """Raises ValidationError when the header lacks a column, or has it twice."""
        for column in sorted(columns):
            if self.header.count(column) != 1:
                has = f'the column "{column}" twice' if column in self.header else f'no column "{column}"'
                raise ValidationError(f"The header of {self.path} has {has}.", "column_missing")

    def _rows(self, reader: Any) -> Iterator[Row]:
        try:
            self.header = [column.strip() for column in next(reader, [])]
            line = reader.line_num + 1
            for texts in reader:
                if texts:
                    yield Row(line, self.header, texts)
                line = reader.line_num + 1
        except csv.Error as error:
            raise ValidationError(f"{self.path}:{reader.line_num}: {error}.", "not_csv") from error
