"""Finding anything, by page and by program."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from crm_project import search
from crm_project.commands import ACTIONS_ONLY, commands_for
from organizations.tenancy.serializers import IdField, TidyField
from organizations.tenancy.views import TenantPage
from organizations.tenancy.viewsets import StrictView


class SearchPage(TenantPage):
    """A page of its own without script; with it, what fills the palette."""

    section = "search"
    page = "page"
    fragments = {"palette-results": "_results"}

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").replace("\0", "").strip()
        is_sought = len(words) <= search.LONGEST and not words.startswith(ACTIONS_ONLY)
        return super().get_context_data(
            words=words,
            groups=search.find(self.request.membership, words) if is_sought else [],
            commands=commands_for(words[: search.LONGEST], self.kwargs["organization"]),
            is_too_short=bool(words) and is_sought and not search.is_enough(words),
            is_too_long=len(words) > search.LONGEST,
            options=bool(self.request.htmx),
            **more,
        )


class SearchQuery(serializers.Serializer):
    q = TidyField(min_length=1, max_length=search.LONGEST, help_text="A part of a name, an e-mail, a phone, a number.")
    limit = serializers.IntegerField(min_value=1, max_value=50, default=search.SHOWN, help_text="Of each kind.")

    def validate_q(self, words: str) -> str:
        if not search.is_enough(words):
            raise serializers.ValidationError(f"Write at least {search.FEWEST} letters.", "too_short")
        return words


class FoundSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(["contacts", "companies", "deals", "tasks"])
    id = IdField()
    name = serializers.CharField(help_text="Or the title.")


class SearchSerializer(serializers.Serializer):
    results = FoundSerializer(many=True)


class SearchView(StrictView):
    query_parameters = ("q", "limit")

    @extend_schema(parameters=[SearchQuery], responses=SearchSerializer)
    def get(self, request: Any) -> Response:
        query = SearchQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        words, limit = query.validated_data["q"], query.validated_data["limit"]
        found = search.find(request.membership, words, limit=limit)
        return Response(
            {
                "results": [
                    {"kind": group.kind, "id": record.pk, "name": str(record)}
                    for group in found
                    for record in group.records
                ]
            }
        )
