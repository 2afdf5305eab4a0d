"""The admin: operators, who need not be members, act in any organization in their own name, as owners would."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import DataError, transaction
from django.db.models import CASCADE, ManyToOneRel, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from organizations.models import Membership, Organization
from organizations.roles import Role
from organizations.sign_in import OperatorSignInForm
from organizations.tenancy import row_security
from organizations.tenancy.form_fields import Chosen
from organizations.tenancy.forms import OperatorForm, within
from organizations.tenancy.ids import parse_id
from organizations.tenancy.refusals import Forbidden, sentences

REFUSALS = (ValidationError, Forbidden)


def operator_in(organization: Organization | None, user: Any) -> Membership | None:
    """The operator as an owner of this organization, for the time of one request."""
    return Membership(organization=organization, user=user, role=Role.OWNER) if organization else None


def chosen_organization(values: Any) -> Organization | None:
    """The organization that a request names."""
    organization_id = parse_id(values.get("organization", ""))
    return Organization.objects.filter(pk=organization_id).first() if organization_id else None


class ChoicesView(AutocompleteJsonView):
    """Offers for a foreign key only what belongs to the record's organization; `admin.js` says which that is."""

    def get_queryset(self) -> Any:
        operator = operator_in(chosen_organization(self.request.GET), self.request.user)
        return within(super().get_queryset(), self.source_field.model, operator)


def _seeing_all(view: Any) -> Any:
    """Whoever is let in sees all organizations."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> Any:
        row_security.admit_operator()
        return view(request, *args, **options)

    return answer


class OperatorSite(admin.AdminSite):
    site_header = site_title = "Kontor"
    index_title = "Operations"
    login_form = OperatorSignInForm

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's admin asks the database for whatever it is given; what no database can hold is malformed."""
        inner = super().admin_view(_seeing_all(view), cacheable)

        @wraps(inner)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if any("\0" in text for sent in (request.GET, request.POST) for _, texts in sent.lists() for text in texts):
                raise BadRequest("There is a NUL in it.")
            try:
                return inner(request, *args, **kwargs)
            except (OverflowError, DataError) as error:
                raise BadRequest("There is a number in it that nothing has.") from error

        return answer

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return ChoicesView.as_view(admin_site=self)(request)


class ClosedAdmin(admin.ModelAdmin):
    """Who may not look at these records does not learn either which there are."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own looks for the record first, and says otherwise where there is one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


class TenantAdmin(ClosedAdmin):
    """Every change goes through the hall, and its refusal comes back as a sentence."""

    form = OperatorForm
    optional: tuple[str, ...] = ()  # what the hall fills in
    fixed: tuple[str, ...] = ("organization",)  # what is chosen once, when the record is added
    stamps: tuple[str, ...] = ("version", "created_at", "updated_at")
    actions = ["delete_selected"]
    list_per_page = 50

    class Media:
        js = ["admin/js/jquery.init.js", "js/admin.js"]

    def organization_of(self, record: Any) -> Organization:
        organization: Organization = record.organization
        return organization

    def operator(self, request: HttpRequest, record: Any) -> Membership | None:
        organization = self.organization_of(record) if record else chosen_organization(request.POST)
        return operator_in(organization, request.user)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        seen = ["seen_version"] if obj and self.has_change_permission(request, obj) else []
        return [*super().get_fields(request, obj), *seen, *self.get_readonly_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.stamps if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **options)
        form.operator = self.operator(request, obj)
        form.refusal = getattr(request, "refusal", None)
        form.optional, form.fixed = self.optional, self.fixed
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            options["widget"] = Chosen(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """A neighbor can be looked at and changed from here, but not deleted."""
        field: Any = super().formfield_for_dbfield(db_field, request, **options)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
            field.widget.can_view_related = not field.widget.can_change_related
        return field

    # Saving

    def changeform_view(self, request: Any, *args: Any, **options: Any) -> HttpResponse:
        """Once more with the refusal in the form, when the hall refuses what the form had found right."""
        try:
            return super().changeform_view(request, *args, **options)
        except REFUSALS as refusal:
            request.refusal = refusal
            return super().changeform_view(request, *args, **options)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.save()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The record is saved already, with its form."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What belongs to the record the hall has saved along."""

    # Deleting

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The records, and how many rows go with them; whether they may go, the hall says."""
        names = [str(record) for record in objs]
        counts = {self.opts.verbose_name_plural: len(names)}
        for relation in self.opts.get_fields(include_hidden=True):
            if isinstance(relation, ManyToOneRel) and relation.on_delete is CASCADE:
                rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": objs})
                counts[relation.related_model._meta.verbose_name_plural] = rows.count()
        return names, {name: count for name, count in counts.items() if count}, set(), []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except REFUSALS as refusal:
            self._tell(request, refusal)
            name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change"
            return redirect(reverse(name, args=[object_id]))

    @admin.action(permissions=["delete"], description="Delete selected %(verbose_name_plural)s")
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        try:
            with transaction.atomic():
                return delete_selected(self, request, queryset)
        except REFUSALS as refusal:
            self._tell(request, refusal)
            return None

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for record in queryset:
            self.delete_model(request, record)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.delete_by(obj, self.operator(request, obj))

    def delete_by(self, record: Any, by: Any) -> None:
        record.delete_by(by)

    def _tell(self, request: HttpRequest, refusal: Exception) -> None:
        errors = [error for errors in sentences(refusal).values() for error in errors]
        self.message_user(request, " ".join(message for error in errors for message in error.messages), messages.ERROR)


class SearchedAdmin(TenantAdmin):
    """Searches as the API and the pages do."""

    search_fields = ["search_text"]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.search(search_term), False


class HistoryAdmin(TenantAdmin):
    """Rows that write themselves, to be read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
