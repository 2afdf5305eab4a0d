"""What is done to all chosen deals of the table at once."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deals.actions import change_deals
from deals.forms import BulkForm
from deals.models import Deal, Status
from deals.undo import remember, take_back
from organizations.tenancy.addresses import local_path
from organizations.tenancy.bulk import BATCH, Outcome
from organizations.tenancy.ids import parse_id
from organizations.tenancy.refusals import spoken
from organizations.tenancy.toasts import tell
from organizations.tenancy.views import REFUSED, TenantPage


class BulkPage(TenantPage):
    """All that may be changed is; then the page names the deals that stayed, each with its reason."""

    model = Deal
    page = "bulk"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.back)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form, deals = BulkForm(request.POST, by=request.membership), self.chosen()
        if not 0 < len(deals) <= BATCH:
            return self.refuse(form, reason=_none_chosen() if not deals else _too_many())
        if not form.is_valid():
            return self.refuse(form)
        before = {deal.pk: deal.snapshot() for deal in deals}
        try:
            outcome = change_deals(deals, by=request.membership, **form.cleaned_data)
        except (ValidationError, PermissionDenied) as refusal:
            form.show(refusal)
            return self.refuse(form)
        sentence = _what_happened(outcome, form.cleaned_data)
        if outcome.refused:
            return self.stay(outcome, done=sentence)
        back = remember(before, outcome.changed, request.membership)
        tell(request, sentence, undo=self.address("bulk_undo") if back else "", back=back, next=self.back)
        return redirect(self.back)

    def narrow(self, deals: Any) -> Any:
        return deals.select_related("stage")

    def chosen(self) -> list[Deal]:
        asked = (parse_id(text) for text in self.request.POST.getlist("deal"))
        ids = sorted({pk for pk in asked if pk})
        return list(self.get_queryset().filter(pk__in=ids[: BATCH + 1]).order_by("pk")) if ids else []

    def stay(self, outcome: Outcome, *, done: str) -> HttpResponse:
        """Name the deals that stayed."""
        refused = [(deal, spoken(reason)) for deal, reason in outcome.refused]
        return self.refuse(refused=refused, done=done)

    def refuse(self, form: BulkForm | None = None, **more: Any) -> HttpResponse:
        context = self.get_context_data(form=form, back=self.back, **more)
        return self.render_to_response(context, status=REFUSED)

    @property
    def back(self) -> str:
        return local_path(self.request.POST.get("next", "")) or self.address("list")


class BulkUndoPage(BulkPage):
    """What the toast sends to take such a change back."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            outcome = take_back(request.POST.get("back", ""), request.membership)
        except (ValidationError, PermissionDenied) as refusal:
            return self.refuse(reason=spoken(refusal)[0])
        count = len(outcome.changed)
        sentence = ngettext("Took it back for %(count)d deal", "Took it back for %(count)d deals", count)
        if outcome.refused:
            return self.stay(outcome, done=sentence % {"count": count})
        tell(request, sentence % {"count": count})
        return redirect(self.back)


def _none_chosen() -> str:
    return _("Choose the deals first: tick the box at the start of each row.")


def _too_many() -> str:
    return _("Choose at most %(count)d deals at once.") % {"count": BATCH}


def _what_happened(outcome: Outcome, asked: dict[str, Any]) -> str:
    count = len(outcome.changed)
    words = {"count": count, **asked}
    if not count:
        return _("Nothing changed")
    if "owner" in asked:
        return ngettext("%(owner)s owns %(count)d deal now", "%(owner)s owns %(count)d deals now", count) % words
    if asked.get("status") == Status.LOST:
        return ngettext("Marked %(count)d deal as lost", "Marked %(count)d deals as lost", count) % words
    if "stage" in asked:
        return ngettext("Moved %(count)d deal to %(stage)s", "Moved %(count)d deals to %(stage)s", count) % words
    return ngettext("Changed %(count)d deal", "Changed %(count)d deals", count) % words
