"""Narrows a list by what the caller asks for, and builds nothing for what they leave out."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django_filters.rest_framework import DjangoFilterBackend

from organizations.tenancy.filters import IdFilter
from organizations.tenancy.ids import parse_id
from organizations.tenancy.refusals import Forbidden


class AskedFilters(DjangoFilterBackend):
    """The filters that the query names, without the form that pages show.

    An id is believed to be a neighbor's: if a row is found by it, it is. Where none is, `refuse_strangers` asks.
    """

    def filter_queryset(self, request: Any, rows: Any, view: Any) -> Any:
        names = _asked(request, view)
        if not names:
            return rows
        try:
            return self._narrowed(_only(view.filterset_class, names), request, rows)
        except (ValidationError, Forbidden):
            return super().filter_queryset(request, rows, view)  # tells all that is wrong, and in which order

    def refuse_strangers(self, request: Any, rows: Any, view: Any) -> None:
        """Raise what is wrong with the ids that no row was found by."""
        if any(isinstance(view.filterset_class.base_filters[name], IdFilter) for name in _asked(request, view)):
            super().filter_queryset(request, rows, view)

    def _narrowed(self, filterset_class: Any, request: Any, rows: Any) -> Any:
        filters = filterset_class(request.query_params, rows, request=request).filters
        values = [(one, _value(one, request.query_params, name)) for name, one in filters.items()]
        for one, value in values:
            rows = one.filter(rows, value)
        return rows


def _asked(request: Any, view: Any) -> tuple[str, ...]:
    filters = view.filterset_class.base_filters if view.filterset_class else ()
    return tuple(name for name in filters if name in request.query_params)


@lru_cache(maxsize=500)
def _only(filterset_class: Any, names: tuple[str, ...]) -> Any:
    """This filter set with these of its filters alone."""
    subset: Any = type(filterset_class.__name__, (filterset_class,), {})
    subset.base_filters = {name: filterset_class.base_filters[name] for name in names}
    return subset


def _value(one: Any, parameters: Any, name: str) -> Any:
    if isinstance(one, IdFilter) and one.method is None:
        return _id(parameters[name])
    return one.field.clean(one.field.widget.value_from_datadict(parameters, {}, name))


def _id(text: str) -> int:
    number = parse_id(text)
    if number is None:
        raise ValidationError("This is no id.")
    return number
