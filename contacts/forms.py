"""Contacts and companies as people write them down; the name is enough."""

from django.utils.translation import gettext_lazy as _

from contacts.models import Company, Contact
from organizations.tenancy.forms import OwnedForm


class ContactForm(OwnedForm):
    class Meta:
        model = Contact
        fields = ["name", "email", "phone", "job_title", "company", "owner"]
        labels = {
            "name": _("Name"),
            "email": _("E-mail"),
            "phone": _("Phone"),
            "job_title": _("Job title"),
            "company": _("Company"),
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
