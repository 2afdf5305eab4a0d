from django.apps import AppConfig
from django.contrib.admin import apps as django_admin


class CrmProjectConfig(AppConfig):
    name = "crm_project"


class OperatorsConfig(django_admin.AdminConfig):
    """Django's admin, with our site in place of its own."""

    default = False
    default_site = "organizations.tenancy.admin.OperatorSite"
