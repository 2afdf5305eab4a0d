"""The column types that carry our rules about text and money."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from organizations.tenancy.currencies import CURRENCIES

FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
ACCENTS = re.compile("[\u0300-\u036f]")
HALF = 10**9  # a sum of money is added up in two halves where it may outgrow 64 bits


def tidy(text: str) -> str:
    """This text trimmed and in Unicode NFC; ValidationError for control characters but line feed and tab."""
    text = text.replace("\r\n", "\n")
    if FORBIDDEN.search(text):
        raise ValidationError(_("Remove the control characters from this text."), "control_characters")
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """This text as search compares it: compatible forms made one, letter case and accents gone."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", ACCENTS.sub("", letters))


class TidyMixin:
    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return tidy(value) if isinstance(value, str) else value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """An optional text with a null for "none" never stores an empty string."""
        text = getattr(instance, self.attname) or (None if self.null else "")  # type: ignore[attr-defined]
        setattr(instance, self.attname, text)  # type: ignore[attr-defined]
        return text


class TextLine(TidyMixin, models.CharField):
    """Text of one line or a few, of limited length."""


class LongText(TidyMixin, models.TextField):
    """Text that people write at length; `max_length` holds at every door, not in forms alone."""

    @cached_property
    def validators(self) -> list[Any]:
        limits = [] if self.max_length is None else [MaxLengthValidator(self.max_length)]
        return [*super().validators, *limits]


class Email(TidyMixin, models.EmailField):
    """An e-mail address."""


class MoneyField(models.DecimalField):
    """An amount of money with two places, stored as whole hundredths: exact on SQLite too."""

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("max_digits", 18)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("validators", [MinValueValidator(Decimal(0))])
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def to_python(self, value: Any) -> Any:
        amount = super().to_python(value)
        return abs(amount) if amount == 0 else amount  # there is no minus zero in money

    def get_prep_value(self, value: Any) -> int | None:
        amount = super().get_prep_value(value)
        return None if amount is None else int(amount.scaleb(2))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return value if prepared else self.get_prep_value(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return value if hasattr(value, "as_sql") else self.get_prep_value(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-2)


class Total(models.Sum):
    """A sum of money. SQLite's own SUM of integers fails past 2^63, so it adds up two halves."""

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = f"SUM(%(expressions)s / {HALF}) || '+' || SUM(%(expressions)s %%%% {HALF})"
        return super().as_sql(compiler, connection, template=template, **context)

    def convert_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if not isinstance(value, str):
            return value
        high, low = value.split("+")
        return int(high) * HALF + int(low)


def validate_currency(code: str) -> None:
    if code not in CURRENCIES:
        raise ValidationError(_("Write a currency as its ISO 4217 code, like EUR."), "currency_unknown")


class CurrencyField(models.CharField):
    """An ISO 4217 code of a currency that is legal tender somewhere today."""

    default_validators = [validate_currency]

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs["max_length"] = 3
        super().__init__(*args, **kwargs)
