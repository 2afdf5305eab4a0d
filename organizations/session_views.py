"""Where I am signed in: in which browsers, by which programs; and how to sign out there from here."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import browsers
from organizations.tenancy.ids import parse_id
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import TenantPage
from organizations.user_agents import guess


class SessionsPage(TenantPage):
    page = "sessions"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "browser" in request.POST:
            browsers.end(self.chosen(self.others(), "browser"))
            sentence = _("Signed out there")
        elif "program" in request.POST:
            self.chosen(self.programs(), "program").delete()
            sentence = _("Signed the program out")
        else:
            browsers.end_all(self.reader, but=request.session.session_key)
            sentence = _("Signed out everywhere else")
        tell(request, sentence)
        return redirect(self.address("sessions"))

    def chosen(self, mine: Any, name: str) -> Any:
        """The row that the button is of, where it is mine."""
        found = mine.filter(pk=parse_id(self.request.POST[name]) or 0)
        if not found.exists():
            raise Http404
        return found

    @property
    def reader(self) -> Any:
        return self.request.user

    def others(self) -> Any:
        return browsers.of(self.reader).exclude(session=self.request.session.session_key)

    def programs(self) -> Any:
        return self.reader.logins.filter(expires_at__gt=timezone.now()).order_by("-refreshed_at", "pk")

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        found = list(browsers.of(self.reader))
        for browser in found:
            browser.is_here = browser.session_id == self.request.session.session_key
            browser.name, browser.system = guess(browser.user_agent)
        return super().get_context_data(browsers=found, programs=list(self.programs()), **more)
