"""Contacts and companies as people write them down; the name is enough."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from contacts.likeness import domain_key, key
from contacts.models import Company, Contact
from organizations.tenancy.forms import OwnedForm
from organizations.tenancy.named import NamedField


class ContactField(NamedField):
    """A contact by name or e-mail address."""

    suggested_by = "contacts:suggest"

    def called(self, text: str) -> Any:
        return self.queryset.filter(Q(name_key=key(text)) | Q(email_key=key(text)))


class CompanyField(NamedField):
    """A company by name or domain."""

    suggested_by = "companies:suggest"

    def called(self, text: str) -> Any:
        return self.queryset.filter(Q(name_key=key(text)) | Q(domain_key=domain_key(text)))


class ContactForm(OwnedForm):
    company = CompanyField(queryset=Company.objects.all(), label=_("Company"), required=False)

    class Meta:
        model = Contact
        fields = ["name", "email", "phone", "job_title", "company", "owner"]
        labels = {
            "name": pgettext_lazy("a person", "Name"),
            "email": _("E-mail"),
            "phone": _("Phone"),
            "job_title": _("Job title"),
            "owner": _("Owner"),
        }


class CompanyForm(OwnedForm):
    class Meta:
        model = Company
        fields = ["name", "domain", "phone", "owner", "address"]
        labels = {
            "name": _("Name"),
            "domain": _("Domain"),
            "phone": _("Phone"),
            "owner": _("Owner"),
            "address": _("Address"),
        }
