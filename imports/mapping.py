"""What a mapping says: which field gets which text of a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from organizations.short_names import short_name

HOLE = re.compile(r"\{([^{}|]+)(?:\|([^{}|]*))?\}")
FILTERS: dict[str, Callable[[str], str]] = {"": str, "slug": short_name}

Cells = dict[str, str]


def wrong(sentence: str) -> ValidationError:
    return ValidationError(sentence, "mapping_wrong")


def field_of(target: str) -> str:
    """The field that a target fills: `company` for "company.name"."""
    return target.partition(".")[0]


@dataclass(frozen=True)
class Text:
    """A text with holes for columns, such as "{product} for {account}"."""

    template: str

    def __post_init__(self) -> None:
        rest = HOLE.sub("", self.template)
        strange = {name for _, name in HOLE.findall(self.template)} - set(FILTERS)
        if "{" in rest or "}" in rest or strange:
            raise wrong(f'"{self.template}" is no text with {{column}} or {{column|slug}} in it.')

    def columns(self) -> set[str]:
        return {column for column, _ in HOLE.findall(self.template)}

    def fill(self, cells: Cells) -> str:
        """The text with its holes filled; empty where a column is."""
        fillings = [FILTERS[name](cells[column]) for column, name in HOLE.findall(self.template)]
        if not all(fillings):
            return ""
        rest = iter(fillings)
        return HOLE.sub(lambda _: next(rest), self.template).strip()


Texts = dict[str, Text]  # by target: "title", or, a neighbor found by its name, "company.name"


@dataclass(frozen=True)
class Mapping:
    fields: Texts
    defaults: Texts
    when: dict[str, dict[str, Texts]]
    replace: dict[str, dict[str, str]]

    def choices(self) -> list[Texts]:
        """What `when` may say, in all its cases."""
        return [texts for cases in self.when.values() for texts in cases.values()]

    def columns(self) -> set[str]:
        """Every column that the file must have."""
        texts = [text for some in (self.fields, self.defaults, *self.choices()) for text in some.values()]
        return set().union(*(text.columns() for text in texts), self.when, self.replace)

    def targets(self) -> set[str]:
        return set().union(self.fields, self.defaults, *self.choices())

    def values(self, cells: Cells) -> dict[str, str]:
        """What these cells say, by target. Raises ValidationError for a value that `when` does not know."""
        cells = {column: self.replace.get(column, {}).get(text, text) for column, text in cells.items()}
        said = {target: text.fill(cells) for target, text in self._texts(cells)}
        filled = {field_of(target) for target, text in said.items() if text}
        lacking = {target: text for target, text in self.defaults.items() if field_of(target) not in filled}
        replaced = {field_of(target) for target in lacking}
        kept = {target: text for target, text in said.items() if field_of(target) not in replaced}
        return {**kept, **{target: text.fill(cells) for target, text in lacking.items()}}

    def _texts(self, cells: Cells) -> Iterator[tuple[str, Text]]:
        yield from self.fields.items()
        for column, cases in self.when.items():
            if cells[column] not in cases:
                sentence = f'The mapping does not say what "{cells[column]}" means.'
                raise ValidationError({column: ValidationError(sentence, "value_unknown")})
            yield from cases[cells[column]].items()
