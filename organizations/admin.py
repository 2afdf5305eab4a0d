"""Users, organizations and who stands where, for operators."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.http import HttpRequest

from organizations import accounts, actions, noting
from organizations.audit import AuditEntry, Type
from organizations.forms import InvitationForm, NewOrganizationForm, NewUserForm, UserForm
from organizations.models import ExchangeRate, Invitation, Membership, Organization
from organizations.tenancy.admin import ClosedAdmin, HistoryAdmin, TenantAdmin
from organizations.users import Login, User


@admin.register(User)
class UserAdmin(ClosedAdmin, DjangoUserAdmin):
    add_form = NewUserForm
    form = UserForm
    add_fieldsets = [(None, {"fields": ["email", "name", "usable_password", "password1", "password2"]})]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        ("Preferences", {"fields": ["locale", "time_zone", "keyboard_shortcuts"]}),
        ("Rights", {"fields": ["is_active", "is_staff", "is_superuser", "groups", "user_permissions"]}),
        ("Dates", {"fields": ["last_login", "created_at"]}),
    ]
    readonly_fields = ["last_login", "created_at"]
    list_display = ["name", "email", "is_active", "is_staff", "is_superuser", "last_login", "created_at"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    list_display_links = ["name", "email"]
    search_fields = ["name", "email"]
    ordering = ["name", "id"]
    date_hierarchy = "created_at"

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        accounts.save_user(obj)
        noting.note(obj, Type.OPERATOR_CHANGED, request.user, kind="user", fields=sorted(form.changed_data))


class EndableAdmin(ClosedAdmin):
    """Rows of a user, to be read, and ended by deleting."""

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        noting.note(obj.user, Type.OPERATOR_DELETED, request.user, kind=self.opts.model_name)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset.select_related("user"):
            self.delete_model(request, row)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Login)
class LoginAdmin(EndableAdmin):
    list_display = ["user", "created_at", "refreshed_at", "expires_at"]
    list_select_related = ["user"]
    search_fields = ["user__name", "user__email"]
    ordering = ["-refreshed_at"]
    date_hierarchy = "refreshed_at"
    exclude = ["token_id"]


@admin.register(Organization)
class OrganizationAdmin(TenantAdmin):
    fields = ["name", "slug", "base_currency", "time_zone"]
    optional = ("slug",)
    list_display = ["name", "slug", "base_currency", "time_zone", "created_at"]
    list_filter = ["base_currency"]
    search_fields = ["name", "slug"]
    date_hierarchy = "created_at"

    def organization_of(self, record: Organization) -> Organization:
        return record

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else [*self.fields, "owner"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        return super().get_form(request, obj, change, **options if obj else {**options, "form": NewOrganizationForm})

    def delete_by(self, record: Organization, by: Membership) -> None:
        actions.delete_organization(record, confirm=record.slug, by=by)


@admin.register(Membership)
class MembershipAdmin(TenantAdmin):
    fields = ["organization", "user", "role"]
    fixed = ("organization", "user")
    autocomplete_fields = ["organization", "user"]
    list_display = ["user", "organization", "role", "created_at"]
    list_filter = ["role", "organization"]
    list_select_related = ["user", "organization"]
    search_fields = ["user__name", "user__email", "organization__name"]
    date_hierarchy = "created_at"

    def delete_by(self, record: Membership, by: Membership) -> None:
        actions.remove_member(record, by=by)


@admin.register(Invitation)
class InvitationAdmin(TenantAdmin):
    """An invitation is sent or taken back, and never changed."""

    form = InvitationForm
    fields = ["organization", "email", "role"]
    stamps = ("invited_by", "expires_at", "accepted_at", *TenantAdmin.stamps)
    autocomplete_fields = ["organization"]
    list_display = ["email", "organization", "role", "invited_by", "expires_at", "accepted_at"]
    list_filter = ["role", "organization"]
    list_select_related = ["organization", "invited_by"]
    search_fields = ["email", "organization__name"]
    date_hierarchy = "created_at"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Invitation:
        invitation = form.save()
        self.message_user(request, f"This link is shown only now: {form.accept_url}")
        return invitation


@admin.register(ExchangeRate)
class ExchangeRateAdmin(TenantAdmin):
    fields = ["organization", "currency", "rate", "valid_from"]
    optional = ("valid_from",)
    autocomplete_fields = ["organization"]
    list_display = ["currency", "rate", "valid_from", "organization"]
    list_filter = ["currency", "organization"]
    list_select_related = ["organization"]
    search_fields = ["currency", "organization__name"]
    date_hierarchy = "valid_from"


@admin.register(AuditEntry)
class AuditEntryAdmin(HistoryAdmin):
    fields = ["organization", "type", "author", "about", "payload", "address", "browser", "created_at"]
    stamps = ()
    list_display = ["type", "about", "author", "address", "created_at", "organization"]
    list_filter = ["type", "organization"]
    list_select_related = ["organization", "author"]
    search_fields = ["about", "author__name"]
    date_hierarchy = "created_at"
