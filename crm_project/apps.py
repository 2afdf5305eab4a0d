from django.apps import AppConfig
from django.contrib.admin import apps as django_admin


class CrmProjectConfig(AppConfig):
    name = "crm_project"

    def ready(self) -> None:
        from crm_project import receivers  # noqa: F401


class OperatorsConfig(django_admin.AdminConfig):
    """Django's admin, with our site in place of its own."""

    default = False
    default_site = "organizations.tenancy.admin.OperatorSite"
