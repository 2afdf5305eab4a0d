"""Pages that belong to no single room: where one begins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from organizations.models import Membership
from organizations.tenancy.views import TenantPage


def home(request: Any) -> HttpResponse:
    """On to where this user works."""
    membership = Membership.objects.filter(user=request.user).select_related("organization").first()
    if membership:
        return redirect("start", membership.organization.slug)
    if request.user.is_staff:
        return redirect("admin:index")
    return render(request, "nowhere.html")


class StartPage(TenantPage):
    """On to what one works with most."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("contacts:list", self.kwargs["organization"])
