"""The pages of deals."""

from typing import Any

from django.db.models import Prefetch

from deals.filters import DealFilter
from deals.models import Deal
from deals.pipelines import Stage
from organizations.tenancy.views import TenantListPage


class DealListPage(TenantListPage):
    model = Deal
    filterset_class = DealFilter
    orderings = ("title", "amount", "expected_close_date", "created_at")
    default_ordering = "-created_at"

    def narrow(self, deals: Any) -> Any:
        stages = Prefetch("stage", Stage.objects.counted())
        return deals.select_related("contact", "company", "owner").prefetch_related(stages)
