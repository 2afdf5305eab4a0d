"""The timeline of a deal, of a contact's deals or of a company's: newest first, with the comments of everybody."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from activities.forms import CommentForm
from activities.models import Activity
from activities.reading import entries
from contacts.models import Company, Contact
from deals.models import Deal
from organizations.tenancy.ids import parse_id
from organizations.tenancy.keyset import Cursor, Order
from organizations.tenancy.views import REFUSED, TenantPage

PAGE_SIZE = 30
NEWEST_FIRST = Order("created_at", descending=True)
SUBJECTS: dict[str, tuple[Any, str]] = {
    "deal_id": (Deal, "deal"),
    "contact_id": (Contact, "deal__contact"),
    "company_id": (Company, "deal__company"),
}


class TimelinePage(TenantPage):
    """Names a deal, a contact or a company; `before` is where the page before it ended."""

    model = Activity
    page = "panel"
    fragments = {"timeline": "_panel", "timeline-panel": "_panel", "older": "_entries"}

    def narrow(self, activities: Any) -> Any:
        return activities.select_related("author", "deal__stage")

    def subject(self, name: str, number: str) -> Any:
        rows = SUBJECTS[name][0].objects.for_membership(self.request.membership)
        return get_object_or_404(rows, pk=parse_id(number))

    def asked(self) -> tuple[str, str]:
        """What the timeline is of: the parameter and its value."""
        values = {**self.request.GET.dict(), **self.request.POST.dict()}
        named = [(name, values[name]) for name in SUBJECTS if name in values]
        if len(named) != 1:
            raise Http404
        return named[0]

    def cursor(self) -> Cursor | None:
        text = self.request.GET.get("before", "")
        try:
            return Cursor.decode(text, NEWEST_FIRST, Activity) if text else None
        except ValueError as error:
            raise Http404 from error

    def get_context_data(self, form: Any = None, **more: Any) -> dict[str, Any]:
        name, number = self.asked()
        subject, cursor = self.subject(name, number), self.cursor()
        activities = self.get_queryset().filter(**{SUBJECTS[name][1]: subject})
        rows = cursor.rows(activities) if cursor else NEWEST_FIRST.apply(activities)
        found = list(rows[: PAGE_SIZE + 1])
        shown = found[:PAGE_SIZE]
        context = {
            "subject": subject,
            "name": name,
            "is_of_deal": name == "deal_id",
            "form": form or CommentForm(),
            "entries": entries(shown, self.request.membership, below=_day_of(cursor)),
            "is_older": cursor is not None,
            "before": Cursor.at(shown[-1], NEWEST_FIRST, backwards=False).encode() if len(found) > PAGE_SIZE else "",
        }
        return super().get_context_data(**context, **more)


def _day_of(cursor: Cursor | None) -> date | None:
    return timezone.localtime(cursor.value).date() if cursor else None


class CommentPage(TimelinePage):
    """The same timeline; what is sent goes on top."""

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        deal = self.subject("deal_id", request.POST.get("deal_id", ""))
        form = CommentForm(request.POST)
        if not form.post(deal, request.membership):
            return self.render_to_response(self.get_context_data(form=form), status=REFUSED)
        if request.htmx:
            return self.render_to_response(self.get_context_data())
        return redirect(f"{self.address('panel')}?deal_id={deal.pk}")
