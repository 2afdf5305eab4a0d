"""What the timeline is narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef

from activities.models import Activity, Type
from deals.models import Deal
from organizations.models import Membership, User
from organizations.tenancy.filters import IdFilter, neighbors


def authors(request):
    """The members, and whoever wrote in this organization before they left it."""
    if request is None:
        return User.objects.none()
    members = Membership.objects.for_membership(request.membership).filter(user=OuterRef("pk"))
    entries = Activity.objects.for_membership(request.membership).filter(author=OuterRef("pk"))
    return User.objects.filter(Exists(members) | Exists(entries))


class ActivityFilter(django_filters.FilterSet):
    deal_id = IdFilter(field_name="deal", queryset=neighbors(Deal))
    author_id = IdFilter(field_name="author", queryset=authors)
    type = django_filters.ChoiceFilter(choices=Type.choices)

    class Meta:
        model = Activity
        fields: list[str] = []
