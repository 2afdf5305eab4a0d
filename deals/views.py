"""The pages of deals."""

from typing import Any

from deals.filters import DealFilter
from deals.models import Deal
from organizations.tenancy.views import TenantListPage


class DealListPage(TenantListPage):
    model = Deal
    filterset_class = DealFilter
    orderings = ("title", "amount", "expected_close_date", "created_at")
    default_ordering = "-created_at"

    def narrow(self, deals: Any) -> Any:
        return deals.select_related("contact", "owner", "stage")
