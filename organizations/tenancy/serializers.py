"""The API's way in and out of the hall: strict bodies, choices of one's own organization only."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import BigAutoField, DateField
from rest_framework import serializers
from rest_framework.validators import UniqueValidator

from organizations.tenancy.fields import CurrencyField, Email, LongText, MoneyField, TextLine, tidy
from organizations.tenancy.filters import DAY
from organizations.tenancy.ids import LARGEST_ID
from organizations.tenancy.kept import Kept, standing_in
from organizations.tenancy.models import TenantModel

AMOUNT = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")


class TidyField(serializers.CharField):
    """Text by the rule of `tenancy.fields`, so that its errors come with those of the other fields."""

    def __init__(self, **options: Any):
        super().__init__(trim_whitespace=False, **options)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            try:
                data = tidy(data)
            except DjangoValidationError as error:
                raise serializers.ValidationError(error.message, error.code) from error
            if self.allow_null:
                data = data or None
        return super().run_validation(data)


class TidyEmailField(TidyField, serializers.EmailField):
    """An e-mail address by the same rule."""


class CurrencyCode(serializers.CharField):
    """An ISO 4217 code; the model knows which there are, so a wrong length needs no word of its own."""

    def __init__(self, **options: Any):
        options.pop("max_length", None)
        super().__init__(**options)


class AmountField(serializers.DecimalField):
    """An amount of money: a number, or its digits as text."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, str) and not AMOUNT.fullmatch(data.strip()):
            self.fail("invalid")
        return super().to_internal_value(data)


class DayField(serializers.DateField):
    """A day as YYYY-MM-DD; weeks and other calendars of ISO 8601 are not taken."""

    def to_internal_value(self, value: Any) -> Any:
        if isinstance(value, str) and not DAY.fullmatch(value):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


class IdField(serializers.IntegerField):
    """The id of the record itself."""

    def __init__(self, **options: Any):
        super().__init__(min_value=1, max_value=LARGEST_ID, **options)


class TenantRelatedField(serializers.PrimaryKeyRelatedField):
    """The id of a neighbor; one of another organization is answered like one that never existed."""

    queryset: Any

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data == "":  # which would stand for null
            self.fail("incorrect_type", data_type="str")
        return super().run_validation(data)

    def get_queryset(self) -> Any:
        queryset: Any = super().get_queryset()
        return queryset.for_membership(self.context["request"].membership)

    def found(self, pk: int) -> list[Any]:
        """The neighbor of this id, or none; a subclass adds what to load along."""
        return _neighbors(self.queryset.model).rows(self.context["request"].membership.organization_id, pk)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("incorrect_type", data_type=type(data).__name__)
        if not 0 < data <= LARGEST_ID:
            self.fail("does_not_exist", pk_value=data)
        for neighbor in self.found(data):
            return neighbor
        self.fail("does_not_exist", pk_value=data)


@cache
def _neighbors(model: Any) -> Kept:
    return Kept(lambda organization_id, pk: model.objects.for_membership(standing_in(organization_id)).filter(pk=pk))


class NeighborText(serializers.CharField):
    """What a neighbor is called, as `<neighbor>.<attribute>`; null where there is no neighbor."""

    def __init__(self, source: str):
        super().__init__(source=source, read_only=True, allow_null=True)

    def get_attribute(self, record: Any) -> Any:
        neighbor, attribute = self.source_attrs
        return getattr(getattr(record, neighbor), attribute, None)


class StrictSerializer(serializers.Serializer):
    """Refuses members that it does not know or does not take: nothing is ignored silently."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            return super().to_internal_value(data)
        strange = {str(name): [self._strange(name)] for name in data if not self._takes(name)}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            wrong: Any = error.detail
            raise serializers.ValidationError({**strange, **wrong}) from error
        if strange:
            raise serializers.ValidationError(strange)
        return values

    def _takes(self, name: Any) -> bool:
        return name in self.fields and not self.fields[name].read_only

    def _strange(self, name: Any) -> serializers.ErrorDetail:
        if name in self.fields:
            return serializers.ErrorDetail("This field is read-only. Leave it out.", "read_only_field")
        return serializers.ErrorDetail("There is no such field.", "unknown_field")


class TenantSerializer(StrictSerializer, serializers.ModelSerializer):
    """A record of the caller's organization. `<name>_id` stands for the foreign key `<name>`."""

    Meta: Any
    serializer_related_field = TenantRelatedField
    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        TextLine: TidyField,
        LongText: TidyField,
        Email: TidyEmailField,
        CurrencyField: CurrencyCode,
        BigAutoField: IdField,
        MoneyField: AmountField,
        DateField: DayField,
    }

    def get_fields(self) -> dict[str, Any]:
        """Of a body, only those that it names or must name: to build all costs more than to judge these."""
        body = getattr(self, "initial_data", None)
        if not isinstance(body, dict):
            return super().get_fields()
        kept = _fields_of(type(self)).items()
        return {name: _fresh(field) for name, field in kept if name in body or (field.required and not self.partial)}

    def get_validators(self) -> list[Any]:
        return []  # uniqueness is judged in the hall, once

    def build_standard_field(self, field_name: str, model_field: Any) -> Any:
        field_class, options = super().build_standard_field(field_name, model_field)
        validators = [judge for judge in options.get("validators", ()) if not isinstance(judge, UniqueValidator)]
        return field_class, {**options, "validators": validators} if "validators" in options else options

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:
        return extra_kwargs, {}

    def get_extra_kwargs(self) -> dict[str, Any]:
        extra = super().get_extra_kwargs()
        relations = {field.attname: field.name for field in self.Meta.model._meta.concrete_fields if field.is_relation}
        for attname in relations.keys() & set(self.Meta.fields):
            extra.setdefault(attname, {}).setdefault("source", relations[attname])
        return extra

    def create(self, values: dict[str, Any]) -> Any:
        by = self.context["request"].membership
        return self.Meta.model(**self._placed(values, by)).save_by(by)

    def _placed(self, values: dict[str, Any], by: Any) -> dict[str, Any]:
        is_tenant = issubclass(self.Meta.model, TenantModel)
        return {**values, "organization": by.organization} if is_tenant else values

    def put(self, values: dict[str, Any]) -> None:
        """Give the record these values; the hall saves it."""
        for name, value in values.items():
            setattr(self.instance, name, value)

    def update(self, record: Any, values: dict[str, Any]) -> Any:
        self.put(values)
        return record.save_by(self.context["request"].membership, if_version=self.context.get("if_version"))


@cache
def _fields_of(serializer_class: type[TenantSerializer]) -> dict[str, serializers.Field]:
    return dict(serializer_class().fields)


def _fresh(field: Any) -> serializers.Field:
    """A field like this one, which is bound to no serializer yet."""
    fresh: serializers.Field = type(field)(*field._args, **field._kwargs)
    return fresh
