"""What contacts and companies are narrowed by."""

import django_filters

from contacts.models import Company, Contact
from organizations.tenancy.filters import IdFilter, OwnerFilter, RecordFilterSet, neighbors


class ContactFilter(RecordFilterSet):
    search = django_filters.CharFilter(method="filter_search", max_length=200)
    owner_id = OwnerFilter(field_name="owner")
    company_id = IdFilter(field_name="company", queryset=neighbors(Company))

    class Meta:
        model = Contact
        fields: list[str] = []

    def filter_search(self, contacts, name, words):
        return contacts.search(words)


class CompanyFilter(RecordFilterSet):
    search = django_filters.CharFilter(method="filter_search", max_length=200)
    owner_id = OwnerFilter(field_name="owner")

    class Meta:
        model = Company
        fields: list[str] = []

    def filter_search(self, companies, name, words):
        return companies.search(words)
