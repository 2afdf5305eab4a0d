"""Which form of an answer the caller takes: there is one, so most need not be read twice."""

from __future__ import annotations

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation

TAKES_JSON = ("", "*/*", "application/json", "application/json, */*")


class OneForm(DefaultContentNegotiation):
    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        if len(renderers) == 1 and request.META.get("HTTP_ACCEPT", "") in TAKES_JSON:
            return renderers[0], renderers[0].media_type
        return super().select_renderer(request, renderers, format_suffix)
