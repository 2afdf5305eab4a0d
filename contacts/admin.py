"""Companies and contacts for operators."""

from django.contrib import admin

from contacts.models import Company, Contact
from organizations.tenancy.admin import SearchedAdmin


@admin.register(Company)
class CompanyAdmin(SearchedAdmin):
    fields = ["organization", "name", "domain", "phone", "address", "owner", "external_id"]
    autocomplete_fields = ["organization", "owner"]
    list_display = ["name", "organization", "domain", "phone", "owner", "created_at"]
    list_filter = ["organization"]
    list_select_related = ["organization", "owner"]
    date_hierarchy = "created_at"


@admin.register(Contact)
class ContactAdmin(SearchedAdmin):
    fields = ["organization", "name", "email", "phone", "job_title", "company", "owner", "external_id"]
    autocomplete_fields = ["organization", "company", "owner"]
    list_display = ["name", "organization", "email", "company", "owner", "created_at"]
    list_filter = ["organization"]
    list_select_related = ["organization", "company", "owner"]
    date_hierarchy = "created_at"
