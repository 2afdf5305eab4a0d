"""What narrows the deals on a page, in words, each with the address of the page without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, to_locale
from django.utils.translation import gettext as _

from deals.models import Status

IS, FROM, TO = gettext_lazy("is"), gettext_lazy("from"), gettext_lazy("to")
WORDS = {  # the filters that are shown, in their order: what is narrowed, and how
    "status": (gettext_lazy("Status"), IS),
    "pipeline_id": (gettext_lazy("Pipeline"), IS),
    "stage": (gettext_lazy("Stage"), IS),
    "reached": (gettext_lazy("Reached"), IS),
    "owner_id": (gettext_lazy("Owner"), IS),
    "contact_id": (gettext_lazy("Contact"), IS),
    "company_id": (gettext_lazy("Company"), IS),
    "currency": (gettext_lazy("Currency"), IS),
    "min_amount": (gettext_lazy("Amount"), FROM),
    "max_amount": (gettext_lazy("Amount"), TO),
    "expected_close_after": (gettext_lazy("Expected close"), FROM),
    "expected_close_before": (gettext_lazy("Expected close"), TO),
    "created_after": (gettext_lazy("Created"), FROM),
    "created_before": (gettext_lazy("Created"), TO),
    "closed_after": (gettext_lazy("Closed"), FROM),
    "closed_before": (gettext_lazy("Closed"), TO),
    "external_id": (gettext_lazy("External id"), IS),
}
PLACES = ("page", "cursor", "more", "after", "moved")  # where one is in a list; a narrower list begins anew


@dataclass(frozen=True)
class Chip:
    name: str
    label: Any
    operator: Any
    value: str
    without: str


@dataclass(frozen=True)
class Span:
    """Two filters that are the ends of one span: each with its name, what is asked for, and its word."""

    label: Any
    is_day: bool
    ends: list[tuple[str, str, Any]]


def asked_spans(asked: QueryDict) -> list[Span]:
    pairs = [("min_amount", "max_amount")]
    pairs += [(f"{what}_after", f"{what}_before") for what in ("expected_close", "created", "closed")]
    return [
        Span(WORDS[pair[0]][0], pair[0] != "min_amount", [(name, asked.get(name, ""), WORDS[name][1]) for name in pair])
        for pair in pairs
    ]


def chips(filters: Any, asked: QueryDict, *, apart: Iterable[str] = ()) -> list[Chip]:
    """The filters in use, but for those that the page shows in another way."""
    narrowed = getattr(filters.form, "cleaned_data", {})
    names = [name for name in WORDS if name not in apart and _is_asked(narrowed.get(name))]
    return [Chip(name, *WORDS[name], _in_words(narrowed[name]), without(asked, name)) for name in names]


def without(asked: QueryDict, *names: str) -> str:
    """The address of this page without these parameters."""
    rest = QueryDict(mutable=True)
    for name, value in kept(asked, *names):
        rest.appendlist(name, value)
    return f"?{rest.urlencode()}"


def kept(asked: QueryDict, *names: str) -> Iterator[tuple[str, str]]:
    """The other parameters, but for empty ones: what a form sends along that it does not ask for itself."""
    for name, values in asked.lists():
        if name not in names and name not in PLACES:
            yield from ((name, value) for value in values if value)


def _is_asked(value: Any) -> bool:
    return isinstance(value, Decimal) or bool(value)


def _in_words(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(format_decimal(value, locale=to_locale(get_language() or "en")))
    if isinstance(value, date):
        return date_format(value, "j M Y")
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    words = [str(dict(Status.choices).get(each, each)) for each in value]
    return _(" or ").join(dict.fromkeys(words))
