"""Choosing a neighbor by its name: there may be ten thousand, too many for a list."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations.tenancy.ids import parse_id

LONGEST = 250  # a name and a number
NUMBERED = re.compile(r"(?:(?P<name>.*) #)?(?P<pk>[0-9]+)", re.DOTALL)


def numbered(record: Any) -> str:
    """Its name with its number, which tells namesakes apart."""
    return f"{record} #{record.pk}"


class NamedField(forms.ModelChoiceField):
    """A record by its name, its number, or both as suggestions write them; its queryset knows `search`.

    `called` is what a record is called exactly, as a lookup of the words; `suggested_by` is the page that suggests
    records of this kind while one writes.
    """

    queryset: Any
    suggested_by = ""
    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": LONGEST})

    def called(self, text: str) -> Any:
        raise NotImplementedError

    def in_order(self, found: Any) -> list[Any]:
        """These records, in groups: the only one of the first group that has any is meant."""
        return [found]

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, int):
            return value
        record = self.queryset.filter(pk=value).first()
        return numbered(record) if record else ""

    def to_python(self, value: Any) -> Any:
        text = (value or "").replace("\0", "").strip()
        if len(text) > LONGEST:
            raise ValidationError(_("No name is that long."), "too_long")
        return (self._numbered(text) or self._named(text)) if text else None

    def _numbered(self, text: str) -> Any:
        match = NUMBERED.fullmatch(text)
        number = parse_id(match["pk"]) if match else None
        record = self.queryset.filter(pk=number).first() if number else None
        return record if record and match and match["name"] in (None, str(record)) else None

    def _named(self, text: str) -> Any:
        """The record of this very name, else the only one with these words."""
        for records in (self.called(text), self.queryset.search(text)):
            for found in self.in_order(records):
                two = found[:2]
                if len(two) == 1:
                    return two[0]
                if two:
                    raise ValidationError(_("Several are called so. Choose one of the suggestions."), "ambiguous")
        raise ValidationError(_("There is none called “%(text)s”.") % {"text": text}, "unknown")
