"""What the OpenAPI document says of our types: ids, money, currencies, and what lists are narrowed by."""

from __future__ import annotations

from typing import Any

from django_filters import filters
from drf_spectacular.contrib.django_filters import DjangoFilterExtension
from drf_spectacular.drainage import set_override
from drf_spectacular.extensions import OpenApiSerializerFieldExtension

from organizations.tenancy.currencies import CURRENCIES
from organizations.tenancy.filters import IdFilter, InstantFilter
from organizations.tenancy.ids import ID_SCHEMA

Schema = dict[str, Any]


class Neighbor(OpenApiSerializerFieldExtension):
    target_class = "organizations.tenancy.serializers.TenantRelatedField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Schema:
        return dict(ID_SCHEMA)


class Currency(OpenApiSerializerFieldExtension):
    target_class = "organizations.tenancy.serializers.CurrencyCode"

    def get_name(self) -> str:
        return "Currency"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Schema:
        return {"type": "string", "enum": sorted(CURRENCIES), "description": "An ISO 4217 code."}


class Amount(OpenApiSerializerFieldExtension):
    """Answered as a string, exact to the last place; taken as a string or a number."""

    target_class = "rest_framework.serializers.DecimalField"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> Schema:
        whole, places = self.target.max_whole_digits or "", self.target.decimal_places
        sign = "" if self.target.min_value is not None else "-?"
        if direction == "response":
            return {"type": "string", "pattern": rf"^{sign}\d{{1,{whole}}}\.\d{{{places}}}$"}
        largest = 10 ** int(whole) - 1
        return {
            "anyOf": [
                {"type": "string", "pattern": rf"^{sign}\d{{1,{whole}}}(\.\d{{1,{places}}})?$"},
                {"type": "number", "minimum": 0 if not sign else -largest, "maximum": largest},
            ]
        }


class Filters(DjangoFilterExtension):
    priority = 1

    def resolve_filter_field(self, auto_schema: Any, model: Any, filterset: Any, name: str, filter_: Any) -> Any:
        exact = _exact(filter_)
        if exact:
            set_override(filter_, "field", exact)
        return super().resolve_filter_field(auto_schema, model, filterset, name, filter_)


def _exact(filter_: filters.Filter) -> Schema | None:
    extra = filter_.extra
    if isinstance(filter_, IdFilter):
        return dict(ID_SCHEMA)
    if isinstance(filter_, InstantFilter):
        return {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}
    if isinstance(filter_, filters.ModelMultipleChoiceFilter):
        return {"type": "string", "maxLength": 60}
    if isinstance(filter_, filters.NumberFilter):
        whole_digits = extra["max_digits"] - extra["decimal_places"]
        return {"type": "number", "minimum": extra["min_value"], "maximum": 10**whole_digits - 1}
    if isinstance(filter_, filters.CharFilter):
        return {"type": "string", "maxLength": extra["max_length"]}
    return None
