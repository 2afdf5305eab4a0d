"""The pages of contacts and companies."""

from typing import Any

from contacts.filters import CompanyFilter, ContactFilter
from contacts.forms import CompanyForm, ContactForm
from contacts.models import Company, Contact
from organizations.tenancy.views import (
    TenantCreatePage,
    TenantDeletePage,
    TenantDetailPage,
    TenantEditPage,
    TenantListPage,
)

PEOPLE_SHOWN = 50


class OfContacts:
    model = Contact
    form_class = ContactForm

    def narrow(self, contacts: Any) -> Any:
        return contacts.select_related("owner", "company")


class ContactListPage(OfContacts, TenantListPage):
    filterset_class = ContactFilter


class ContactPage(OfContacts, TenantDetailPage):
    pass


class ContactCreatePage(OfContacts, TenantCreatePage):
    pass


class ContactEditPage(OfContacts, TenantEditPage):
    pass


class ContactDeletePage(OfContacts, TenantDeletePage):
    pass


class OfCompanies:
    model = Company
    form_class = CompanyForm

    def narrow(self, companies: Any) -> Any:
        return companies.select_related("owner")


class CompanyListPage(OfCompanies, TenantListPage):
    filterset_class = CompanyFilter


class CompanyPage(OfCompanies, TenantDetailPage):
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        people = Contact.objects.for_membership(self.request.membership).filter(company=context["record"].pk)
        return {**context, "people": people[:PEOPLE_SHOWN]}


class CompanyCreatePage(OfCompanies, TenantCreatePage):
    pass


class CompanyEditPage(OfCompanies, TenantEditPage):
    pass


class CompanyDeletePage(OfCompanies, TenantDeletePage):
    pass
