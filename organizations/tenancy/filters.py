"""What the API's lists are narrowed and ordered by."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from organizations.models import Membership, User
from organizations.roles import Power
from organizations.tenancy.days import first_moment, last_moment
from organizations.tenancy.fields import tidy
from organizations.tenancy.ids import parse_id
from organizations.tenancy.refusals import Forbidden

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def colleagues(request: Any) -> Any:
    """The users that the caller may name: the members of the organization."""
    if request is None:
        return User.objects.none()
    return User.objects.for_membership(request.membership)


def authors_of(model: Any) -> Any:
    """The members, and whoever is the author of such a row before they left, as a filter's `queryset`."""

    def users(request: Any) -> Any:
        if request is None:
            return User.objects.none()
        members = Membership.objects.for_membership(request.membership).filter(user=OuterRef("pk"))
        rows = model.objects.for_membership(request.membership).filter(author=OuterRef("pk"))
        return User.objects.filter(Exists(members) | Exists(rows))

    return users


def neighbors(model: Any) -> Any:
    """The rows of this model that the caller may name, as a filter's `queryset`."""

    def rows(request: Any) -> Any:
        return model.objects.none() if request is None else model.objects.for_membership(request.membership)

    return rows


def check_may_ask_for(owner_id: int, by: Membership) -> None:
    """Refuse a member who asks for what others own."""
    if owner_id != by.user_id and not by.may(Power.FILTER_BY_OWNER):
        raise Forbidden(_("You may list only what you own."), "may_not_filter_by_owner")


class IdField(django_filters.fields.ModelChoiceField):
    def to_python(self, value: Any) -> Any:
        """An id has one spelling."""
        return super().to_python(value and (parse_id(value) or "none"))


class IdFilter(django_filters.ModelChoiceFilter):
    """The id of a neighbor in the caller's organization."""

    field_class = IdField

    def read(self, texts: list[str], by: Membership) -> int:
        """The id alone, whether or not there is such a neighbor."""
        number = parse_id(texts[-1])
        if number is None:
            raise ValidationError("This is no id.")
        return number


class OwnerFilter(IdFilter):
    """Whose records; a member may ask only for their own."""

    def __init__(self, **options: Any):
        super().__init__(queryset=colleagues, **options)

    def read(self, texts: list[str], by: Membership) -> int:
        owner_id = super().read(texts, by)
        check_may_ask_for(owner_id, by)
        return owner_id

    def filter(self, queryset: Any, owner: Any) -> Any:
        if owner:
            check_may_ask_for(owner.pk, self.get_request().membership)
        return super().filter(queryset, owner)


class FlagField(forms.CharField):
    words = {"true": True, "1": True, "false": False, "0": False}

    def clean(self, value: Any) -> bool | None:
        text = super().clean(value).lower()
        if not value:
            return None
        if text not in self.words:
            raise ValidationError(_("Write true or false."), "invalid")
        return self.words[text]


class FlagFilter(django_filters.BooleanFilter):
    """True or false, and nothing else: Django's own takes whatever it does not know for "any"."""

    field_class = FlagField


class DayField(forms.DateField):
    def to_python(self, value: Any) -> Any:
        if value and not DAY.fullmatch(value):
            raise ValidationError(self.error_messages["invalid"], "invalid")
        return super().to_python(value)


class DayFilter(django_filters.DateFilter):
    """A day, written as in bodies."""

    field_class = DayField


class InstantField(forms.CharField):
    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace(" ", "+")
        if not value:
            return None
        try:
            moment = parse_datetime(text) if "T" in text else parse_date(text) if DAY.fullmatch(text) else None
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(_("Write a date, or an instant in ISO 8601."), "invalid")
        return moment


class InstantFilter(django_filters.Filter):
    """An instant, or a whole day in the organization's time zone; both ends belong to the span."""

    field_class = InstantField

    def read(self, texts: list[str], by: Membership) -> datetime:
        return self._told_by(self.field.clean(texts[-1]), by)

    def filter(self, queryset: Any, moment: Any) -> Any:
        by = self.parent.request.membership
        return super().filter(queryset, None if moment is None else self._told_by(moment, by))

    def _told_by(self, moment: Any, by: Membership) -> datetime:
        """What the member means, where their organization is."""
        zone = ZoneInfo(by.organization.time_zone)
        if not isinstance(moment, datetime):
            moment = (first_moment if self.lookup_expr == "gte" else last_moment)(moment, zone)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return _within_calendar(moment)


def _within_calendar(moment: datetime) -> datetime:
    """In UTC, and away from the ends of the calendar, where databases overflow; both years are leap years."""
    return moment.replace(year=min(max(moment.year, 1600), 8000)).astimezone(UTC)


class LineField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value) or "")


class LineFilter(django_filters.CharFilter):
    """A text as the database keeps it; what it never keeps is refused at the field."""

    field_class = LineField


class Fresh(dict[str, Any]):
    """Fields that were made for one form alone, which need not copy them as it does those of its class."""

    def __deepcopy__(self, _memo: Any) -> Fresh:
        return self


class PageFilterSet(django_filters.FilterSet):
    """Made for one request, and so are the fields of its form."""

    def get_form_class(self) -> Any:
        form_class = super().get_form_class()
        form_class.base_fields = Fresh(form_class.base_fields)
        return form_class


class RecordFilterSet(PageFilterSet):
    """What the lists of all records of one's own have in common."""

    external_id = LineFilter(max_length=200)
