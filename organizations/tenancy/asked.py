"""What the caller of a list asks for, read without building anything for what they leave out."""

from __future__ import annotations

import copy
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django_filters.constants import EMPTY_VALUES
from django_filters.rest_framework import DjangoFilterBackend

from organizations.tenancy.filters import IdFilter
from organizations.tenancy.listing import Condition, Listing, Way
from organizations.tenancy.refusals import Forbidden


class AskedFilters(DjangoFilterBackend):
    """The filters that the query names, without the form that pages show.

    An id is believed to be a neighbor's: if a row is found by it, it is. Where none is, `refuse_strangers` asks.
    """

    def listing(self, request: Any, view: Any) -> Listing:
        """The list that is asked for. Raises what is wrong with the query."""
        filters = _asked(request, view)
        try:
            conditions = [_condition(view, name, request) for name, one in filters.items() if one.method is None]
            ways = _ways(view, tuple(name for name, one in filters.items() if one.method is not None), request)
        except (ValidationError, Forbidden):
            rows = self.filter_queryset(request, view.get_queryset(), view)  # tells all that is wrong, in which order
            return Listing(view, ways=(lambda _: rows,))
        return Listing(view, (*view.within(), *filter(None, conditions)), ways)

    def refuse_strangers(self, request: Any, view: Any) -> None:
        """Raise what is wrong with the ids that no row was found by."""
        if any(isinstance(one, IdFilter) for one in _asked(request, view).values()):
            self.filter_queryset(request, view.get_queryset(), view)


def _asked(request: Any, view: Any) -> dict[str, Any]:
    filters = view.filterset_class.base_filters if view.filterset_class else {}
    return {name: one for name, one in filters.items() if name in request.query_params}


def _condition(view: Any, name: str, request: Any) -> Condition | None:
    """What this filter compares, with what is asked for; none where that is nothing."""
    one = _alone(view.filterset_class, name)
    value = _cleaned(one, name, request)
    if value in EMPTY_VALUES:
        return None
    values = dict.fromkeys(value) if isinstance(value, list) else [value]
    return Condition(one.field_name, one.lookup_expr, (*values,))


def _cleaned(one: Any, name: str, request: Any) -> Any:
    if hasattr(one, "read"):
        return one.read(request.query_params.getlist(name), request.membership)
    return _clean(one, name, request)


def _clean(one: Any, name: str, request: Any) -> Any:
    return one.field.clean(one.field.widget.value_from_datadict(request.query_params, {}, name))


@cache
def _alone(filterset_class: Any, name: str) -> Any:
    """This filter with its field, for all requests."""
    return copy.deepcopy(filterset_class.base_filters[name])


def _ways(view: Any, names: tuple[str, ...], request: Any) -> tuple[Way, ...]:
    """What these filters do that compare no column."""
    if not names:
        return ()
    filters = _only(view.filterset_class, names)(request.query_params, None, request=request).filters
    return tuple(_way(one, _clean(one, name, request)) for name, one in filters.items())


def _way(one: Any, value: Any) -> Way:
    return lambda rows: one.filter(rows, value)


@lru_cache(maxsize=500)
def _only(filterset_class: Any, names: tuple[str, ...]) -> Any:
    """This filter set with these of its filters alone."""
    subset: Any = type(filterset_class.__name__, (filterset_class,), {})
    subset.base_filters = {name: filterset_class.base_filters[name] for name in names}
    return subset
