"""The page that the mailed link of an e-mail address leads to."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.cache import never_cache

from organizations import addresses
from organizations.tenancy.toasts import tell

GONE = 410


@method_decorator([login_not_required, never_cache], name="dispatch")
class ConfirmEmailView(View):
    """Asks before it does it: programs that look through mails follow links, but press no buttons."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except ValidationError:
            return render(request, "account/confirm_over.html", status=GONE)

    @transaction.atomic
    def get(self, request: HttpRequest) -> HttpResponse:
        _user, email = addresses.claim_of(request.GET.get("key", ""))
        return render(request, "account/confirm_email.html", {"email": email})

    def post(self, request: HttpRequest) -> HttpResponse:
        user = addresses.confirm(request.GET.get("key", ""))
        tell(request, _("%(email)s is confirmed") % {"email": user.email})
        return redirect("home")
