"""Reads a mapping written in TOML, and refuses what it would not understand.

    [fields]                  field = a column, or a text with {columns} in it
    [defaults]                field = the text where the above is empty
    [when.<column>]           value = what it says about several fields
    [replace.<column>]        value = how it is rightly written

A neighbor is found by what is known of it: `company.name`, `contact.external_id`, `owner.email`. An e-mail address
can be made of a name: "{agent|slug}@example.com".
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from imports.mapping import Mapping, Text, Texts, field_of, wrong

TABLES = ("fields", "defaults", "when", "replace")

Table = dict[str, Any]


def read_mapping(path: Path, known: Collection[str]) -> Mapping:
    """The mapping in this file, its targets among the known ones. Raises ValidationError for any other."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise wrong(f"There is no mapping {path}.") from error
    except ValueError as error:
        raise wrong(f"{path} is no TOML: {error}.") from error
    try:
        return _checked(tables, known)
    except ValidationError as error:
        raise wrong(f"{path}: {error.message}") from error


def _checked(tables: Table, known: Collection[str]) -> Mapping:
    for name in tables:
        if name not in TABLES:
            raise wrong(f'There is no table "{name}". Choose from: {", ".join(TABLES)}.')
    mapping = Mapping(
        fields=_texts("fields", tables.get("fields", {}), _column_or_text),
        defaults=_texts("defaults", tables.get("defaults", {}), Text),
        when=_nested("when", tables, lambda where, sets: _texts(where, sets, Text)),
        replace=_nested("replace", tables, _scalar),
    )
    _refuse_strangers(mapping, known)
    _refuse_doubles(mapping)
    return mapping


def _nested(name: str, tables: Table, read: Callable[[str, Any], Any]) -> dict[str, dict[str, Any]]:
    """The tables of the columns, `[when.<column>]`, each value read in its way."""
    columns = _table(name, tables.get(name, {}))
    return {
        column: {value: read(f"{name}.{column}", meaning) for value, meaning in _table(name, meanings).items()}
        for column, meanings in columns.items()
    }


def _texts(where: str, table: Any, read: Callable[[str], Text]) -> Texts:
    """`company.name = "..."` arrives as a table in a table: made flat again."""
    texts = {}
    for name, value in _table(where, table).items():
        inner = {f"{name}.{key}": text for key, text in value.items()} if isinstance(value, dict) else {name: value}
        texts.update({target: read(_scalar(where, text)) for target, text in inner.items()})
    return texts


def _column_or_text(text: str) -> Text:
    return Text(text if "{" in text or "}" in text else f"{{{text}}}")


def _table(where: str, table: Any) -> Table:
    if not isinstance(table, dict):
        raise wrong(f'"{where}" is no table.')
    return table


def _scalar(where: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise wrong(f'Write "{value}" in [{where}] as a text.')
    return str(value)


def _refuse_strangers(mapping: Mapping, known: Collection[str]) -> None:
    for target in sorted(mapping.targets() - set(known)):
        raise wrong(f'There is no field "{target}". Choose from: {", ".join(sorted(known))}.')


def _refuse_doubles(mapping: Mapping) -> None:
    sets = [{field_of(target) for set_ in meanings.values() for target in set_} for meanings in mapping.when.values()]
    fields = [*map(field_of, mapping.fields), *(field for set_ in sets for field in set_)]
    for names in (fields, [*map(field_of, mapping.defaults)]):
        for name in names:
            if names.count(name) > 1:
                raise wrong(f'The field "{name}" is set twice.')
