"""The page that the mailed link of an invitation leads to: whoever opens it becomes a member, as whom they choose."""

from typing import Any

from allauth.decorators import rate_limit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from organizations import actions
from organizations.account_forms import AcceptForm, NewcomerForm
from organizations.models import Invitation, User
from organizations.tenancy.toasts import tell

GONE = 410


@method_decorator(
    [rate_limit(action="signup"), login_not_required, sensitive_post_parameters("password"), never_cache],
    name="dispatch",
)
class InvitationView(FormView):
    template_name = "invitations/accept.html"
    token: str
    invitation: Invitation

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.token = request.GET.get("token", "")
        try:
            self.invitation = actions.open_invitation(self.token)
        except ValidationError:
            return render(request, "invitations/gone.html", status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return AcceptForm if self.request.user.is_authenticated else NewcomerForm

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        membership = form.accept(self.token, request.user)
        if not membership:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if not request.user.is_authenticated:
            login(request, membership.user)
        tell(request, _("You are now a member of %(organization)s") % {"organization": membership.organization})
        return redirect("today", membership.organization.slug)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        has_account = User.objects.filter(email=self.invitation.email).exists()
        return super().get_context_data(invitation=self.invitation, has_account=has_account, **more)
