"""The API's handlers for records of the caller's organization; a subclass only says what is particular."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from organizations.tenancy import retries
from organizations.tenancy.asked import AskedFilters
from organizations.tenancy.columns import Columns, columns_of
from organizations.tenancy.ids import parse_id
from organizations.tenancy.kept import Kept, Value, standing_in
from organizations.tenancy.keyset import Order
from organizations.tenancy.listing import Listed
from organizations.tenancy.memory import OneRow
from organizations.tenancy.pagination import Pages
from organizations.tenancy.versions import conditional, tagged, version_asked


class StrictView(APIView):
    """Refuses query parameters that it does not know, empty ones, and all but the first where one is meant."""

    query_parameters: tuple[str, ...] = ()
    repeatable_parameters: tuple[str, ...] = ()
    may_be_empty = ("cursor", "search")
    post: Any

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refusals = {name: self._refusal_of(name, values) for name, values in sorted(request.query_params.lists())}
        wrong = {name: [refusal] for name, refusal in refusals.items() if refusal}
        if wrong:
            raise ValidationError(wrong)
        is_post = request.method == "POST" and hasattr(self, "post")
        if is_post and request.user.is_authenticated and retries.HEADER in request.headers:
            self.post = partial(self.post_once, self.post)

    def post_once(self, handler: Any, request: Any, *args: Any, **kwargs: Any) -> Response:
        return retries.answer_once(request, lambda: handler(request, *args, **kwargs))

    def _refusal_of(self, name: str, values: list[str]) -> ErrorDetail | None:
        if name not in self.known_parameters():
            return ErrorDetail("There is no such parameter.", "unknown_parameter")
        if "" in values and name not in self.may_be_empty:
            return ErrorDetail("Write a value, or leave this parameter out.", "blank")
        if len(values) > 1 and name not in self.repeatable_parameters:
            return ErrorDetail("Write this parameter once.", "repeated")
        return None

    def known_parameters(self) -> tuple[str, ...]:
        return self.query_parameters


class OrderedList:
    """`order_by` one of `orderings`, `order` asc or desc; `default_ordering` as in Django, with a minus."""

    orderings: tuple[str, ...] = ("created_at",)
    default_ordering = "-created_at"
    request: Any

    def order(self) -> Order:
        default = Order(self.default_ordering.lstrip("-"), self.default_ordering.startswith("-"))
        column = self._chosen("order_by", self.orderings, default.column)
        direction = self._chosen("order", ("asc", "desc"), "desc" if default.descending else "asc")
        return Order(column, direction == "desc")

    def _chosen(self, name: str, choices: tuple[str, ...], default: str) -> str:
        choice: str = self.request.query_params.get(name, default)
        if choice not in choices:
            raise ValidationError({name: [f"Choose one of: {', '.join(choices)}."]}, "invalid_choice")
        return choice


class TenantListViewSet(Listed, OrderedList, StrictView, viewsets.GenericViewSet):
    """Lists records of the caller's organization. What belongs to whom is decided in `for_membership` alone."""

    filter_backends = [AskedFilters]
    pagination_class = Pages

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        return super().get_queryset()

    def known_parameters(self) -> tuple[str, ...]:
        if self.action != "list":
            return self.query_parameters
        filters = tuple(self.filterset_class.base_filters) if self.filterset_class else ()
        return (*Pages.parameters, "order_by", "order", *filters)

    def columns(self) -> Columns:
        serializer_class: Any = self.get_serializer_class()
        return columns_of(serializer_class)

    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        listing: Any = AskedFilters().listing(request, self)
        found: Any = self.paginate_queryset(listing)
        if not found:
            AskedFilters().refuse_strangers(request, self)
        return self.get_paginated_response([*map(self.columns().shown, found)])

    def api_names(self) -> dict[str, str]:
        """What the serializer calls the model's fields, for the pointers of errors."""
        serializer: Any = self.get_serializer()
        return {field.source: name for name, field in serializer.fields.items()}


class TenantReadViewSet(TenantListViewSet):
    """Shows each record by itself too."""

    def retrieve(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        rows = _details(type(self)).rows(request.membership.organization_id, id_in_path(self.kwargs["pk"]))
        for row in rows:
            return conditional(request, tagged(Response(self.columns().shown(row))))
        raise Http404

    def get_object(self) -> Any:
        return get_object_or_404(self.get_queryset().filter(pk=id_in_path(self.kwargs["pk"])).order_by())


class TenantViewSet(TenantReadViewSet):
    """All the doors of one kind of record. Rules live in the model."""

    http_method_names = ["get", "head", "options", "post", "patch", "delete"]
    delete_parameters: tuple[str, ...] = ()

    def known_parameters(self) -> tuple[str, ...]:
        return self.delete_parameters if self.action == "destroy" else super().known_parameters()

    # Handlers

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        record = serializer.save()
        response = self.shown(record, status=201)
        response["Location"] = request.build_absolute_uri(f"{request.path.rstrip('/')}/{record.pk}")
        return response

    def shown(self, record: Any, status: int = 200) -> Response:
        return tagged(Response(self.columns().shown_of(record), status))

    def named_in(self, body: Any) -> tuple[Value, ...]:
        """What `to_change` needs to know of this body."""
        return ()

    def to_change(self, rows: Any, *named: Value) -> Any:
        """A subclass adds what a change to these values makes necessary to know; its query is kept."""
        return rows

    def partial_update(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        body = request.data  # read before anything is locked

        def change(record: Any) -> None:
            serializer: Any = self.get_serializer(record, data=body, partial=True)
            serializer.is_valid(raise_exception=True)
            serializer.put(serializer.validated_data)

        by, asked = request.membership, version_asked(request)
        values = by.organization_id, id_in_path(self.kwargs["pk"]), *self.named_in(body)
        try:
            record = self.model.change_by(by, OneRow(_finder(type(self)), values), change, if_version=asked)
        except self.model.DoesNotExist as error:
            raise Http404 from error
        return self.shown(record)

    def destroy(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        self.perform_destroy(self.get_object())
        return Response(status=204)

    def perform_destroy(self, record: Any) -> None:
        record.delete_by(self.request.membership, if_version=version_asked(self.request))


@cache
def _finder(view_class: Any) -> Callable[..., Any]:
    """Finds one row of an organization as this view shows or changes it."""
    view = view_class(action="retrieve")

    def find(organization_id: int, pk: int, *named: Value) -> Any:
        rows = view.rows_of(standing_in(organization_id)).filter(pk=pk).order_by()
        return view.to_change(rows, *named) if named else rows

    return find


@cache
def _details(view_class: Any) -> Kept:
    find, asked = _finder(view_class), view_class(action="retrieve").columns().asked
    return Kept(lambda organization_id, pk: find(organization_id, pk).values_list(*asked))


def id_in_path(text: Any) -> int:
    """The id of a path; what cannot be one is not there."""
    number = parse_id(str(text))
    if number is None:
        raise Http404
    return number


def neighbor_in_query(request: Any, name: str, model: Any) -> Any:
    """The record that this query parameter names by id, None without it."""
    number = id_in_query(request, name)
    if number is None:
        return None
    neighbor = model.objects.for_membership(request.membership).filter(pk=number).first()
    if neighbor is None:
        raise _no_such_record(name)
    return neighbor


def id_in_query(request: Any, name: str) -> int | None:
    """The id that this query parameter names, None without it."""
    text = request.query_params.get(name)
    if text is None:
        return None
    number = parse_id(text)
    if number is None:
        raise _no_such_record(name)
    return number


def _no_such_record(name: str) -> ValidationError:
    return ValidationError({name: ["There is no such record."]}, "does_not_exist")
