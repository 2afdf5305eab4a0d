"""One field of a record, changed where it is shown; without script, on a page of its own."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from organizations.tenancy.views import TenantEditPage


class TenantFieldPage(TenantEditPage):
    """The record's form with one of its fields. What both sides of a swap have in common is `#property-<name>`."""

    def get_template_names(self) -> list[str]:
        return ["records/field.html"]

    def form(self, sent: Any = None) -> Any:
        form, name = super().form(sent), self.kwargs["name"]
        if name not in form.fields or form.fields[name].widget.is_hidden:
            raise Http404
        form.fields[name].widget.attrs["autofocus"] = True
        return form.only(name)

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context = super().get_context_data(**more)
        name = self.kwargs["name"]
        return {
            **context,
            "name": name,
            "field": context["form"][name],
            "home": self.address("detail", pk=context["record"].pk),
        }
