"""The pages about an organization itself: what it is called, opening another one, deleting it."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from organizations import actions
from organizations.models import Organization
from organizations.settings_forms import AnotherOrganizationForm, ConfirmForm, OrganizationForm
from organizations.tenancy.settings_pages import SettingsPage
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import REFUSED, TenantEditPage


class OrganizationPage(SettingsPage, TenantEditPage):
    page = "organization"
    form_class = OrganizationForm
    done = gettext_lazy("Saved %(record)s")

    def record(self) -> Organization:
        """Apart from the one that the frame shows, which stays as it is when a change is refused."""
        return Organization.objects.get(pk=self.request.membership.organization_id)

    def afterwards(self, record: Organization) -> str:
        return reverse("settings:organization", args=[record.slug])


class OrganizationDeletePage(SettingsPage):
    page = "delete_organization"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        by, form = request.membership, ConfirmForm(request.POST)
        try:
            actions.delete_organization(by.organization, confirm=form.data.get("confirm", "").strip(), by=by)
        except (ValidationError, PermissionDenied) as refusal:
            form.show(refusal)
            return self.render_to_response(self.get_context_data(form=form), status=REFUSED)
        tell(request, _("Deleted %(record)s and everything in it") % {"record": by.organization})
        return redirect("home")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": ConfirmForm(), **more})


class NewOrganizationView(FormView):
    """Another organization of who is signed in, wherever they stand."""

    form_class = AnotherOrganizationForm
    template_name = "account/new_organization.html"
    request: Any

    def get_initial(self) -> dict[str, Any]:
        return {"time_zone": self.request.user.time_zone}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        try:
            if form.is_valid():
                return self.begin(actions.open_organization(self.request.user, **form.cleaned_data).organization)
        except ValidationError as refusal:
            form.show(refusal)
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def begin(self, organization: Organization) -> HttpResponse:
        tell(self.request, _("Created %(record)s") % {"record": organization})
        return redirect("today", organization.slug)
