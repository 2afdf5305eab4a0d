"""The table of deals, and those of one contact or company for its page."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from deals import columns
from deals.board import total
from deals.board_views import NarrowedDeals
from deals.chips import kept, without
from deals.filters import DealFilter
from deals.models import Deal
from deals.pipelines import Stage
from organizations.roles import Power
from organizations.tenancy.views import TenantListPage, TenantSuggestPage


class DealListPage(NarrowedDeals, TenantListPage):
    model = Deal
    filterset_class = DealFilter
    orderings = ("title", "amount", "expected_close_date", "stage_entered_at", "created_at")
    default_ordering = "-created_at"

    def narrow(self, deals: Any) -> Any:
        return super().narrow(deals).prefetch_related(Prefetch("stage", Stage.objects.counted()))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        filters = context["filters"]
        sums = total(filters.qs) if filters.is_valid() else []
        bar = self.filter_bar(filters)
        assignees = bar["colleagues"] if self.request.membership.may(Power.ASSIGN) else None
        today = self.request.membership.organization.today()
        return {**context, "sums": sums, "assignees": assignees, "today": today, **bar, **self.column_choice()}

    def column_choice(self) -> dict[str, Any]:
        asked = self.request.GET
        return {
            "columns": columns.chosen(asked),
            "all_columns": columns.COLUMNS.items(),
            "usual_columns": without(asked, columns.ASKED),
            "kept_by_columns": list(kept(asked, columns.ASKED)),
        }


class DealPanelPage(DealListPage):
    """The latest deals of a contact or a company, to be shown on its page."""

    page = "panel"
    fragments = {"deals-panel": "_panel"}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        if not context["filters"].is_valid():
            raise Http404
        return context


class DealSuggestPage(TenantSuggestPage):
    model = Deal

    def narrow(self, deals: Any) -> Any:
        return deals.select_related("company", "contact").order_by("-updated_at", "-pk")
