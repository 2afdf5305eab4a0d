"""The pages of one deal."""

from typing import Any

from deals.course import course_of
from deals.models import Deal
from deals.record_forms import DealForm, NewDealForm
from deals.views import DealListPage
from organizations.tenancy.beside import ListedPage
from organizations.tenancy.field_views import TenantFieldPage
from organizations.tenancy.views import OwnedDetailPage, TenantCreatePage, TenantDeletePage, TenantEditPage


class OfDeals:
    model = Deal

    def narrow(self, deals: Any) -> Any:
        return deals.select_related("contact__company", "company", "owner", "stage")


class DealPage(OfDeals, ListedPage, OwnedDetailPage):
    list_page = DealListPage

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        return {**context, "course": course_of(context["record"], context["by"])}


class DealCreatePage(OfDeals, TenantCreatePage):
    form_class = NewDealForm


class DealEditPage(OfDeals, TenantEditPage):
    form_class = DealForm


class DealFieldPage(OfDeals, TenantFieldPage):
    form_class = DealForm


class DealDeletePage(OfDeals, TenantDeletePage):
    pass
