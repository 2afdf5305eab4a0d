"""The pages of currencies: what each is worth in the base currency, and since when."""

from typing import Any

from django.core.paginator import Paginator

from organizations.models import ExchangeRate
from organizations.settings_forms import RateForm
from organizations.tenancy import views
from organizations.tenancy.settings_pages import SettingsPage


class OfRates:
    model = ExchangeRate
    form_class = RateForm

    def afterwards(self: Any, record: ExchangeRate) -> str:
        return str(self.address("list"))


class RateListPage(SettingsPage):
    """By currency, the newest first."""

    model = ExchangeRate
    page = "list"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        rates = self.get_queryset().order_by("currency", "-valid_from", "id")
        found = Paginator(rates, views.PAGE_SIZE).get_page(self.request.GET.get("page"))
        in_force = ExchangeRate.in_force(self.request.membership)
        for rate in found.object_list:
            rate.is_in_force = in_force.get(rate.currency) == rate.valid_from
        return super().get_context_data(found=found, **more)


class RateCreatePage(OfRates, SettingsPage, views.TenantCreatePage):
    pass


class RateEditPage(OfRates, SettingsPage, views.TenantEditPage):
    pass


class RateDeletePage(OfRates, SettingsPage, views.TenantDeletePage):  # type: ignore[misc]
    pass
