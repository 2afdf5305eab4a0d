"""What deals and stages are narrowed by."""

import django_filters

from contacts.models import Company, Contact
from deals.models import Deal, Status
from deals.pipelines import Pipeline, Stage
from organizations.tenancy.filters import IdFilter, InstantFilter, OwnerFilter, RecordFilterSet, neighbors

MONEY = {"max_digits": 18, "decimal_places": 2, "min_value": 0}


class DealFilter(RecordFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, distinct=False)
    stage = django_filters.ModelMultipleChoiceFilter(
        field_name="stage__slug", to_field_name="slug", queryset=neighbors(Stage), distinct=False
    )
    pipeline_id = IdFilter(field_name="stage__pipeline", queryset=neighbors(Pipeline))
    min_amount = django_filters.NumberFilter(field_name="amount", lookup_expr="gte", **MONEY)
    max_amount = django_filters.NumberFilter(field_name="amount", lookup_expr="lte", **MONEY)
    owner_id = OwnerFilter(field_name="owner")
    contact_id = IdFilter(field_name="contact", queryset=neighbors(Contact))
    company_id = IdFilter(field_name="company", queryset=neighbors(Company))
    search = django_filters.CharFilter(method="filter_search", max_length=200)
    created_after = InstantFilter(field_name="created_at", lookup_expr="gte")
    created_before = InstantFilter(field_name="created_at", lookup_expr="lte")

    class Meta:
        model = Deal
        fields: list[str] = []

    def filter_search(self, deals, name, words):
        return deals.search(words)


class StageFilter(django_filters.FilterSet):
    pipeline_id = IdFilter(field_name="pipeline", queryset=neighbors(Pipeline))

    class Meta:
        model = Stage
        fields: list[str] = []
