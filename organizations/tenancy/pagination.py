"""Lists in pages: by number with a count, or by cursor without one."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from organizations.tenancy.keyset import Cursor
from organizations.tenancy.listing import Listing

PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100
LARGEST_PAGE = 10**9


class Pages(BasePagination):
    """`page` and `page_size`, or `cursor` (empty for the first page) and `page_size`."""

    parameters = ("page", "page_size", "cursor")

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """The rows of this page of a listing, as values of the view's columns."""
        self.request, self.order, self.columns = request, view.order(), view.columns()
        self.size = self._number("page_size", PAGE_SIZE, LARGEST_PAGE_SIZE)
        if "cursor" not in request.query_params:
            return self._by_number(queryset)
        if "page" in request.query_params:
            raise self._refusal("page", "Ask for a page or for a cursor, not for both.")
        return self._by_cursor(queryset)

    def _by_number(self, listing: Listing) -> list[Any]:
        page = self._number("page", 1, LARGEST_PAGE)
        start = (page - 1) * self.size
        found, count = listing.page(self.order, self.size, start)
        self.envelope = {
            "count": count,
            "next": self._link("page", page + 1) if start + self.size < count else None,
            "previous": self._link("page", page - 1) if page > 1 else None,
        }
        return found

    def _by_cursor(self, listing: Listing) -> list[Any]:
        text = self.request.query_params["cursor"]
        cursor = self._cursor(text, listing.view.model) if text else None
        found = listing.beside(self.order, self.size + 1, cursor)
        more, found = len(found) > self.size, found[: self.size]
        backwards = bool(cursor and cursor.backwards)
        if backwards:
            found.reverse()
        self.envelope = {
            "next": self._beside(found, backwards=False) if more or backwards else None,
            "previous": self._beside(found, backwards=True) if (more if backwards else cursor) else None,
        }
        return found

    def _beside(self, rows: list[Any], *, backwards: bool) -> str | None:
        if not rows:
            return None
        row = rows[0] if backwards else rows[-1]
        value, pk = row[self.columns.place(self.order.column)], row[self.columns.place("id")]
        return self._link("cursor", Cursor(self.order, value, pk, backwards).encode())

    def _cursor(self, text: str, model: Any) -> Cursor:
        try:
            return Cursor.decode(text, self.order, model)
        except ValueError as error:
            raise self._refusal("cursor", "Take the cursor from `next` or `previous` of this list.") from error

    def _number(self, name: str, default: int, largest: int) -> int:
        text = self.request.query_params.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) < 20 and 1 <= int(text) <= largest):
            raise self._refusal(name, f"Write a whole number from 1 to {largest}.")
        return int(text)

    def _refusal(self, name: str, sentence: str) -> ValidationError:
        return ValidationError({name: [sentence]}, "invalid")

    def _link(self, name: str, value: Any) -> str:
        return replace_query_param(self.request.build_absolute_uri(), name, value)

    def get_paginated_response(self, data: Any) -> Response:
        return Response({**self.envelope, "results": data})

    def get_paginated_response_schema(self, schema: Any) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "Left out when paging by cursor."},
                "next": link,
                "previous": link,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        def parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
            return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}

        whole = {"type": "integer", "minimum": 1}
        return [
            parameter("page", "From 1; not together with `cursor`.", {**whole, "maximum": LARGEST_PAGE}),
            parameter("page_size", "Rows a page.", {**whole, "maximum": LARGEST_PAGE_SIZE, "default": PAGE_SIZE}),
            parameter("cursor", "From `next` or `previous`; empty for the first page.", {"type": "string"}),
        ]
