"""What the caller of a list asks for, read without building anything for what they leave out."""

from __future__ import annotations

import copy
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django_filters import ChoiceFilter, Filter, MultipleChoiceFilter
from django_filters.constants import EMPTY_VALUES
from django_filters.filters import QuerySetRequestMixin
from django_filters.rest_framework import DjangoFilterBackend

from organizations.tenancy.conditions import Condition
from organizations.tenancy.filters import IdFilter
from organizations.tenancy.listing import Listing, Way
from organizations.tenancy.refusals import Forbidden

PLAIN = (Filter.filter, ChoiceFilter.filter, MultipleChoiceFilter.filter)
FEW = 20  # values of one column in a question that is kept


class AskedFilters(DjangoFilterBackend):
    """The filters that the query names, without the form that pages show.

    An id is believed to be a neighbor's: if a row is found by it, it is. Where none is, `refuse_strangers` asks.
    """

    def listing(self, request: Any, view: Any) -> Listing:
        """The list that is asked for. Raises what is wrong with the query."""
        filters = _asked(request, view)
        compared = [name for name, one in filters.items() if _compares(one)]
        try:
            conditions = [_condition(view, name, request) for name in compared]
            ways = _ways(view, tuple(name for name in filters if name not in compared), request)
        except (ValidationError, Forbidden):
            rows = self.filter_queryset(request, view.get_queryset(), view)  # tells all that is wrong, in which order
            return Listing(view, ways=(lambda _: rows,))
        few = [condition for condition in conditions if condition and len(condition.values) <= FEW]
        many = [_any_of(condition) for condition in conditions if condition and condition not in few]
        return Listing(view, (*view.within(), *few), (*many, *ways))

    def refuse_strangers(self, request: Any, view: Any) -> None:
        """Raise what is wrong with the ids that no row was found by."""
        if any(isinstance(one, IdFilter) for one in _asked(request, view).values()):
            self.filter_queryset(request, view.get_queryset(), view)


def _asked(request: Any, view: Any) -> dict[str, Any]:
    filters = view.filterset_class.base_filters if view.filterset_class else {}
    return {name: one for name, one in filters.items() if name in request.query_params}


def _compares(one: Any) -> bool:
    """Whether this filter compares a column with what it is asked, and does nothing else."""
    is_plain = type(one).filter in PLAIN and not isinstance(one, QuerySetRequestMixin)
    return one.method is None and not one.exclude and (is_plain or hasattr(one, "read"))


def _condition(view: Any, name: str, request: Any) -> Condition | None:
    """What this filter compares, with what is asked for; none where that is nothing."""
    one = _alone(view.filterset_class, name)
    if hasattr(one, "read"):
        value = one.read(request.query_params.getlist(name), request.membership)
    else:
        value = _clean(one, name, request)
    if value in EMPTY_VALUES:
        return None
    values = dict.fromkeys(value) if isinstance(value, list) else [value]
    return Condition(one.field_name, one.lookup_expr, (*values,))


def _any_of(condition: Condition) -> Way:
    return lambda rows: rows.filter(**{f"{condition.column}__in": condition.values})


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
