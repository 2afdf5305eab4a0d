"""The API of organizations, their members, invitations and exchange rates."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from organizations import actions
from organizations.audit import AuditEntry, check_may_read
from organizations.filters import AuditFilter
from organizations.models import ExchangeRate, Invitation, Membership
from organizations.serializers import (
    AuditEntrySerializer,
    ConfirmSerializer,
    ExchangeRateSerializer,
    InvitationSerializer,
    MemberSerializer,
    NewInvitationSerializer,
    NewOrganizationSerializer,
    OrganizationSerializer,
    OwnOrganizationSerializer,
)
from organizations.tenancy.columns import columns_of
from organizations.tenancy.ids import ID_SCHEMA
from organizations.tenancy.versions import conditional, tagged, version_asked
from organizations.tenancy.viewsets import StrictView, TenantListViewSet, TenantViewSet, neighbor_in_query


class OwnOrganizationsView(StrictView):
    """The caller's organizations, wherever they stand."""

    permission_classes = [IsAuthenticated]

    @extend_schema(responses=OwnOrganizationSerializer(many=True))
    def get(self, request: Any) -> Response:
        memberships = request.user.memberships.select_related("organization").order_by("organization__name", "id")
        return Response(OwnOrganizationSerializer(memberships, many=True).data)


class OrganizationsView(OwnOrganizationsView):
    @extend_schema(request=NewOrganizationSerializer, responses={201: OrganizationSerializer})
    def post(self, request: Any) -> Response:
        serializer = NewOrganizationSerializer(data=request.data, context={"request": request})
        serializer.is_valid(raise_exception=True)
        shown = columns_of(OrganizationSerializer).shown_of(serializer.save())
        response = Response(shown, status=201)
        response["Location"] = request.build_absolute_uri("/api/v1/organizations/current")
        return tagged(response)


class CurrentOrganizationView(StrictView):
    is_versioned = True

    def get_serializer_class(self) -> type[OrganizationSerializer]:
        return OrganizationSerializer

    def _shown(self, organization: Any) -> Response:
        return tagged(Response(columns_of(OrganizationSerializer).shown_of(organization)))

    @extend_schema(responses=OrganizationSerializer)
    def get(self, request: Any) -> Response:
        return conditional(request, self._shown(request.membership.organization))

    @extend_schema(request=OrganizationSerializer(partial=True), responses=OrganizationSerializer)
    def patch(self, request: Any) -> Response:
        context = {"request": request, "if_version": version_asked(request)}
        organization = request.membership.organization
        serializer = OrganizationSerializer(organization, data=request.data, partial=True, context=context)
        serializer.is_valid(raise_exception=True)
        return self._shown(serializer.save())

    @extend_schema(request={"application/json": ConfirmSerializer}, responses={204: None})
    def delete(self, request: Any) -> Response:
        serializer = ConfirmSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        actions.delete_organization(
            request.membership.organization,
            **serializer.validated_data,
            by=request.membership,
            if_version=version_asked(request),
        )
        return Response(status=204)


class MemberViewSet(TenantViewSet):
    model = Membership
    serializer_class = MemberSerializer
    http_method_names = ["get", "head", "options", "patch", "delete"]
    default_ordering = "created_at"
    delete_parameters = ("reassign_to",)

    def narrow(self, members):
        return members.select_related("user")

    @extend_schema(parameters=[OpenApiParameter("reassign_to", ID_SCHEMA, description="The member who takes over.")])
    def destroy(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        return super().destroy(request, *args, **kwargs)

    def perform_destroy(self, membership):
        heir = neighbor_in_query(self.request, "reassign_to", Membership)
        actions.remove_member(
            membership, by=self.request.membership, reassign_to=heir, if_version=version_asked(self.request)
        )


class InvitationViewSet(TenantViewSet):
    model = Invitation
    serializer_class = InvitationSerializer
    http_method_names = ["get", "head", "options", "post", "delete"]

    def narrow(self, invitations):
        return invitations.filter(accepted_at=None)

    def get_serializer_class(self):
        return NewInvitationSerializer if self.action == "create" else InvitationSerializer


class ExchangeRateViewSet(TenantViewSet):
    model = ExchangeRate
    serializer_class = ExchangeRateSerializer
    orderings = ("valid_from", "currency", "created_at")
    default_ordering = "-valid_from"


class AuditViewSet(TenantListViewSet):
    model = AuditEntry
    serializer_class = AuditEntrySerializer
    filterset_class = AuditFilter

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        check_may_read(request.membership)

    def narrow(self, entries):
        return entries.select_related("author")
