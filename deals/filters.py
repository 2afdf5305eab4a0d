"""What deals and stages are narrowed by."""

from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from contacts.models import Company, Contact
from deals import asked_stage
from deals.models import Deal, StageChange, Status
from deals.pipelines import Pipeline, Stage
from organizations.models import Membership
from organizations.tenancy.currencies import CURRENCIES
from organizations.tenancy.filters import DayFilter, IdFilter, InstantFilter, OwnerFilter, RecordFilterSet, neighbors

MONEY = {"max_digits": 18, "decimal_places": 2, "min_value": 0}


class SlugsFilter(django_filters.ModelMultipleChoiceFilter):
    """Stages of these short names, in whichever pipeline; known by their ids, which lead to an index."""

    def read(self, texts: list[str], by: Membership) -> list[int]:
        slugs = [asked_stage.readable(text) for text in texts]
        stages = dict(Stage.objects.for_membership(by).filter(slug__in=slugs).values_list("pk", "slug"))
        if {*stages.values()} != {*texts}:
            raise ValidationError("There is no such stage.")
        return [*stages]

    def filter(self, deals: Any, stages: Any) -> Any:
        return deals.filter(stage__in=[stage.pk for stage in stages]) if stages else deals


class DealFilter(RecordFilterSet):
    status = django_filters.MultipleChoiceFilter(choices=Status.choices, distinct=False)
    stage = SlugsFilter(to_field_name="slug", queryset=neighbors(Stage))
    pipeline_id = IdFilter(field_name="stage__pipeline", queryset=neighbors(Pipeline))
    min_amount = django_filters.NumberFilter(field_name="amount", lookup_expr="gte", **MONEY)
    max_amount = django_filters.NumberFilter(field_name="amount", lookup_expr="lte", **MONEY)
    currency = django_filters.ChoiceFilter(choices=[(code, code) for code in sorted(CURRENCIES)])
    owner_id = OwnerFilter(field_name="owner")
    contact_id = IdFilter(field_name="contact", queryset=neighbors(Contact))
    company_id = IdFilter(field_name="company", queryset=neighbors(Company))
    search = django_filters.CharFilter(method="filter_search", max_length=200)
    created_after = InstantFilter(field_name="created_at", lookup_expr="gte")
    created_before = InstantFilter(field_name="created_at", lookup_expr="lte")
    closed_after = InstantFilter(field_name="closed_at", lookup_expr="gte")
    closed_before = InstantFilter(field_name="closed_at", lookup_expr="lte")
    expected_close_after = DayFilter(field_name="expected_close_date", lookup_expr="gte")
    expected_close_before = DayFilter(field_name="expected_close_date", lookup_expr="lte")
    reached = IdFilter(method="filter_reached", queryset=neighbors(Stage))

    class Meta:
        model = Deal
        fields: list[str] = []

    def filter_search(self, deals, name, words):
        return deals.search(words)

    def filter_reached(self, deals, name, stage):
        """What ever stood in this stage or a later one of its pipeline, wherever it is now."""
        by = self.request.membership
        stages = Stage.objects.for_membership(by).filter(pipeline=stage.pipeline_id, position__gte=stage.position)
        moves = StageChange.objects.for_membership(by).filter(deal=OuterRef("pk"), to_stage__in=[*stages])
        return deals.filter(Exists(moves))


class StageFilter(django_filters.FilterSet):
    pipeline_id = IdFilter(field_name="pipeline", queryset=neighbors(Pipeline))

    class Meta:
        model = Stage
        fields: list[str] = []
