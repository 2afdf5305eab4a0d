"""What the timeline is narrowed by."""

import django_filters

from activities.models import Activity, Type
from deals.models import Deal
from organizations.tenancy.filters import IdFilter, authors_of, neighbors


class ActivityFilter(django_filters.FilterSet):
    deal_id = IdFilter(field_name="deal", queryset=neighbors(Deal))
    author_id = IdFilter(field_name="author", queryset=authors_of(Activity))
    type = django_filters.ChoiceFilter(choices=Type.choices)

    class Meta:
        model = Activity
        fields: list[str] = []
