"""The pages of one organization's records; a subclass only says what is particular."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from organizations.models import Membership
from organizations.tenancy.ids import parse_id
from organizations.tenancy.kept import Kept
from organizations.tenancy.keyset import Order, leaf
from organizations.tenancy.refusals import spoken
from organizations.tenancy.toasts import tell

PAGE_SIZE = 50
REFUSED = 422
CAME_FROM = "in"  # the parameter of a record's address that keeps those of the list
SUGGESTED, LONGEST_SOUGHT = 10, 200


def _own_places(user_id: int) -> Any:
    places = Membership.objects.filter(user=user_id).select_related("organization")
    return places.order_by("organization__name", "id")


OWN_PLACES = Kept(_own_places)


@method_decorator(never_cache, name="dispatch")
class TenantPage(TemplateView):
    """A page inside an organization: who is no member of it does not find it."""

    model: Any
    page = ""  # the last part of its template's name
    fragments: dict[str, str] = {}  # the template that answers htmx, by the id of the element that it fills
    request: Any

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.membership:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def narrow(self, queryset: Any) -> Any:
        """A subclass adds what to load along, or leaves out rows that the path excludes."""
        return queryset

    def get_queryset(self) -> Any:
        return self.narrow(self.model.objects.for_membership(self.request.membership))

    @property
    def section(self) -> str:
        return str(self.request.resolver_match.namespace)

    def get_template_names(self) -> list[str]:
        return [f"{self.section}/{self.fragments.get(self.request.htmx.target, self.page)}.html"]

    def address(self, page: str, **ids: int) -> str:
        """Where another page of the same kind of records is."""
        return reverse(f"{self.section}:{page}", kwargs={"organization": self.kwargs["organization"], **ids})

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        by = self.request.membership
        frame = {"by": by, "here": by.organization, "section": self.section}
        places = partial(OWN_PLACES.rows, by.user_id)  # a fragment does not ask for them
        return super().get_context_data(**frame, places=places, **more)


class TenantListPage(TenantPage):
    """`sort` by one of `orderings`, with a minus backwards; `cursor` beside a row; narrowed as in the API."""

    page = "list"
    filterset_class: Any
    orderings: tuple[str, ...] = ("name", "created_at")
    default_ordering = "name"

    def order(self) -> Order:
        return self.order_of(self.request.GET)

    @classmethod
    def order_of(cls, asked: QueryDict) -> Order:
        sort = asked.get("sort", "")
        if sort.removeprefix("-") not in cls.orderings:
            sort = cls.default_ordering
        return Order(sort.removeprefix("-"), sort.startswith("-"))

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        filters = self.filterset_class(self.request.GET, self.get_queryset(), request=self.request)
        records = filters.qs if filters.is_valid() else self.get_queryset().none()
        order = self.order()
        found = leaf(records, order, PAGE_SIZE, self.request.GET.get("cursor", ""))
        in_list = urlencode({CAME_FROM: self.request.GET.urlencode()})
        return super().get_context_data(filters=filters, found=found, order=order, in_list=in_list, **more)


class TenantSuggestPage(TenantPage):
    """The records with the words that somebody writes into a field, as options of its list."""

    def get_template_names(self) -> list[str]:
        return ["parts/_suggestions.html"]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        words = next(iter(self.request.GET.values()), "").replace("\0", "").partition(" #")[0]
        found = self.get_queryset().search(words[:LONGEST_SOUGHT])[:SUGGESTED]
        return super().get_context_data(found=found, **more)


class RecordPage(TenantPage):
    """A page about one record."""

    def record(self) -> Any:
        return get_object_or_404(self.get_queryset(), pk=parse_id(str(self.kwargs["pk"])))


class TenantDetailPage(RecordPage):
    page = "detail"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        record = self.record()
        reason = record.reason_against(self.request.membership)
        return super().get_context_data(record=record, may_change=not reason, reason=reason, **more)


class OwnedDetailPage(TenantDetailPage):
    """Also says why its reader may not name another owner."""

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        return {**context, "owner_reason": context["record"].reason_against(context["by"], owner_id=None)}


class TenantCreatePage(TenantPage):
    """A form that the address may fill in beforehand."""

    page = "form"
    form_class: Any
    done = gettext_lazy("Created %(record)s")

    def record(self) -> Any:
        return None

    def form(self, sent: Any = None) -> Any:
        return self.form_class(
            sent, instance=self.record(), initial=self.request.GET.dict(), by=self.request.membership
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not self.save(form):
            return self.show(form, status=REFUSED)
        tell(request, self.done % {"record": form.instance})
        return redirect(self.afterwards(form.instance))

    def afterwards(self, record: Any) -> str:
        """Where one goes on to."""
        return self.address("detail", pk=record.pk)

    def save(self, form: Any) -> bool:
        """Whether the record is saved; a page may ask something first."""
        return bool(form.save_or_show())

    def show(self, form: Any, **options: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, record=self.record()), **options)


class TenantEditPage(RecordPage, TenantCreatePage):
    done = gettext_lazy("Saved %(record)s")


class TenantDeletePage(RecordPage):
    page = "delete"

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        record = self.record()
        try:
            record.delete_by(request.membership, if_version=parse_id(request.POST.get("seen_version", "")))
        except (ValidationError, PermissionDenied) as refusal:
            return self.render_to_response(self.get_context_data(refusal=refusal), status=REFUSED)
        tell(request, _("Deleted %(record)s") % {"record": record})
        return redirect(self.afterwards(record))

    def afterwards(self, record: Any) -> str:
        """Where one goes on to, now that the record is gone."""
        return self.address("list")

    def get_context_data(self, refusal: Exception | None = None, **more: Any) -> dict[str, Any]:
        reasons = spoken(refusal) if refusal else []
        return super().get_context_data(record=self.record(), reasons=reasons, **more)
