"""The pages of contacts and companies."""

from typing import Any

from contacts.duplicates import companies_like, contacts_like
from contacts.filters import CompanyFilter, ContactFilter
from contacts.forms import CompanyForm, ContactForm
from contacts.models import Company, Contact
from organizations.tenancy.beside import ListedPage
from organizations.tenancy.field_views import TenantFieldPage
from organizations.tenancy.views import (
    OwnedDetailPage,
    TenantCreatePage,
    TenantDeletePage,
    TenantEditPage,
    TenantListPage,
    TenantSuggestPage,
)

PEOPLE_SHOWN = 50


class AsksAboutDuplicates:
    """Shows once who is probably written down already; sent again with what was shown, the record is created."""

    request: Any
    like: Any
    duplicates: list[Any] = []

    def save(self, form: Any) -> bool:
        if form.is_valid():
            found = list(self.like(form.instance, self.request.membership))
            seen = self.request.POST.getlist("seen_duplicate")
            self.duplicates = found if {str(record.pk) for record in found} - set(seen) else []
        return not self.duplicates and super().save(form)  # type: ignore[misc]  # a page that creates

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(duplicates=self.duplicates, **more)  # type: ignore[misc]


class OfContacts:
    model = Contact
    form_class = ContactForm

    def narrow(self, contacts: Any) -> Any:
        return contacts.select_related("owner", "company")


class ContactListPage(OfContacts, TenantListPage):
    filterset_class = ContactFilter


class ContactPage(OfContacts, ListedPage, OwnedDetailPage):
    list_page = ContactListPage

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(of=f"?contact_id={self.kwargs['pk']}", **more)


class ContactCreatePage(AsksAboutDuplicates, OfContacts, TenantCreatePage):
    like = staticmethod(contacts_like)


class ContactEditPage(OfContacts, TenantEditPage):
    pass


class ContactFieldPage(OfContacts, TenantFieldPage):
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


class CompanyPage(OfCompanies, ListedPage, OwnedDetailPage):
    list_page = CompanyListPage

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        people = Contact.objects.for_membership(self.request.membership).filter(company=context["record"].pk)
        return {**context, "people": people[:PEOPLE_SHOWN], "of": f"?company_id={context['record'].pk}"}


class CompanyCreatePage(AsksAboutDuplicates, OfCompanies, TenantCreatePage):
    like = staticmethod(companies_like)


class CompanyEditPage(OfCompanies, TenantEditPage):
    pass


class CompanyFieldPage(OfCompanies, TenantFieldPage):
    pass


class CompanyDeletePage(OfCompanies, TenantDeletePage):
    pass


class ContactSuggestPage(OfContacts, TenantSuggestPage):
    pass


class CompanySuggestPage(OfCompanies, TenantSuggestPage):
    pass
