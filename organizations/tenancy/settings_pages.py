"""The pages of settings: every member reads them, and their buttons say why they did not do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from organizations.roles import Power
from organizations.tenancy.refusals import spoken
from organizations.tenancy.views import REFUSED, TenantPage


def reasons_against(deed: Callable[[], None]) -> list[str]:
    """Why the hall refuses this deed, which is done where it does not."""
    try:
        with transaction.atomic():
            deed()
    except (ValidationError, PermissionDenied) as refusal:
        return spoken(refusal)
    return []


class SettingsPage(TenantPage):
    """A page in the frame of the settings; its template offers only what this member may do."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        powers = {"may_change": by.may(Power.ADMINISTER), "may_own": by.may(Power.OWN)}
        return super().get_context_data(**{**powers, **more})


class Button(SettingsPage):
    """What a button of a page does, before the page class: on it goes, or the page again with the reason why not."""

    http_method_names = ["post"]

    def act(self, request: Any) -> HttpResponse:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return self.act(request)
        except (ValidationError, PermissionDenied) as refusal:
            return self.refused(refusal)

    def refused(self, refusal: Exception) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(reasons=spoken(refusal)), status=REFUSED)
        return answer
