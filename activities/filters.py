"""What the timeline is narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef

from activities.models import Activity, Type
from deals.models import Deal
from organizations.models import User
from organizations.tenancy.filters import IdFilter, neighbors


def authors(request):
    """Whoever wrote in this organization; they may have left it since."""
    if request is None:
        return User.objects.none()
    entries = Activity.objects.for_membership(request.membership)
    return User.objects.filter(Exists(entries.filter(author=OuterRef("pk"))))


class ActivityFilter(django_filters.FilterSet):
    deal_id = IdFilter(field_name="deal", queryset=neighbors(Deal))
    author_id = IdFilter(field_name="author", queryset=authors)
    type = django_filters.ChoiceFilter(choices=Type.choices)

    class Meta:
        model = Activity
        fields: list[str] = []
