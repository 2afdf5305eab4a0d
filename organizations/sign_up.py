"""Signing up by page: a user and an organization of their own, as `register` makes them at every door."""

from typing import Any

from allauth.decorators import rate_limit
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from organizations.account_forms import SignUpForm


@method_decorator(
    [rate_limit(action="signup"), login_not_required, sensitive_post_parameters("password"), never_cache],
    name="dispatch",
)
class SignUpView(FormView):
    form_class = SignUpForm
    template_name = "account/signup.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("home") if request.user.is_authenticated else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if membership := form.sign_up():
            login(request, membership.user)
            return redirect("home")
        return self.render_to_response(self.get_context_data(form=form), status=422)
