"""The API of contacts and companies."""

from contacts.filters import CompanyFilter, ContactFilter
from contacts.models import Company, Contact
from contacts.serializers import CompanySerializer, ContactSerializer
from organizations.tenancy.viewsets import TenantViewSet


class CompanyViewSet(TenantViewSet):
    model = Company
    serializer_class = CompanySerializer
    filterset_class = CompanyFilter
    orderings = ("name", "created_at", "updated_at")
    default_ordering = "name"

    def narrow(self, companies):
        return companies.select_related("owner")


class ContactViewSet(TenantViewSet):
    model = Contact
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
    orderings = ("name", "created_at", "updated_at")
    default_ordering = "name"

    def narrow(self, contacts):
        return contacts.select_related("owner", "company")
