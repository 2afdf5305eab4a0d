"""What people write into forms, as they write it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import NumberFormatError, format_decimal, parse_decimal
from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from organizations.tenancy.ids import parse_id


class AmountField(forms.DecimalField):
    """An amount of money in digits, with or without the separators of the reader's language; none written is zero."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        text = "".join(str(value if value is not None else "").split())
        if not text:
            return None if self.required else Decimal(0)
        locale = to_locale(get_language() or "en")
        try:
            return _finite(text if _is_plain(text) else parse_decimal(text, locale=locale, strict=True))
        except (NumberFormatError, ValueError) as error:
            example = format_decimal(Decimal(12400), "#,##0.00", locale=locale)
            sentence = _("Write the amount in digits, like %(example)s.") % {"example": example}
            raise ValidationError(sentence, "invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:f}" if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}


class Chosen(AutocompleteSelect):
    """Shows again what was chosen, where that can be anything at all."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        return super().optgroups(name, [one for one in value if not one or parse_id(str(one))], attrs)


def _is_plain(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _finite(number: str | Decimal) -> Decimal:
    if not Decimal(number).is_finite():
        raise ValueError("not a number")
    return Decimal(number)
