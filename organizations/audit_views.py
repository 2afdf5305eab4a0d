"""The page of the audit, for owners and admins; others read why they do not see it."""

from typing import Any

from organizations.audit import AuditEntry, Type, may_read
from organizations.filters import AuditFilter
from organizations.models import Membership
from organizations.tenancy.settings_pages import SettingsPage
from organizations.tenancy.views import TenantListPage


class AuditPage(SettingsPage, TenantListPage):
    model = AuditEntry
    filterset_class = AuditFilter
    orderings = ("created_at",)
    default_ordering = "-created_at"

    def narrow(self, entries: Any) -> Any:
        by = self.request.membership
        return entries.select_related("author") if may_read(by) else entries.none()

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        members = Membership.objects.for_membership(self.request.membership).select_related("user")
        choices = {"types": Type.choices, "members": members.order_by("user__name", "id")}
        return super().get_context_data(may_read=may_read(self.request.membership), **choices, **more)
