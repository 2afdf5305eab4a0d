"""The records before and after one, in the list that its reader came from; the address keeps how that was narrowed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from organizations.tenancy.keyset import Cursor
from organizations.tenancy.views import CAME_FROM, TenantDetailPage, TenantListPage


class ListedPage(TenantDetailPage):
    """A record that may be looked at one after the other."""

    list_page: type[TenantListPage]

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        return {**context, **self.beside(context["record"])}

    def beside(self, record: Any) -> dict[str, str]:
        """The addresses of both neighbors and of the list; nothing where its reader came from no list."""
        sent = self.request.GET.get(CAME_FROM)
        if sent is None:
            return {}
        asked, everything = QueryDict(sent), self.model.objects.for_membership(self.request.membership)
        filters = self.list_page.filterset_class(asked, everything, request=self.request)
        if not filters.is_valid():
            return {}
        order = self.list_page.order_of(asked)
        found = {}
        for name, backwards in (("previous", True), ("next", False)):
            rows = Cursor.at(record, order, backwards=backwards).rows(filters.qs)
            pk = rows.values_list("pk", flat=True).first()
            if pk:
                found[name] = f"{self.address('detail', pk=pk)}?{urlencode({CAME_FROM: sent})}"
        return {**found, "came_from": f"{self.address('list')}?{sent}"}
