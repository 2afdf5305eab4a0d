"""Who may call the API at all: its default permission, and the exceptions that the schema names."""

from typing import Any

from rest_framework.exceptions import APIException, PermissionDenied
from rest_framework.permissions import BasePermission, IsAuthenticated

from organizations.tenancy.ids import parse_id


class OrganizationHeaderError(APIException):
    status_code = 400


class IsMember(IsAuthenticated):
    """Signed in, and a member of the organization that the request names."""

    def has_permission(self, request: Any, view: Any) -> bool:
        if not super().has_permission(request, view):
            return False
        header = request.headers.get("X-Organization-Id")
        if header is None:
            raise OrganizationHeaderError("Name the organization in X-Organization-Id.", "organization_required")
        if parse_id(header) is None:
            raise OrganizationHeaderError("X-Organization-Id is a positive integer.", "organization_invalid")
        if not request._request.membership:
            raise PermissionDenied("You are not a member of this organization.", "not_a_member")
        return True


class IsAnybody(BasePermission):
    """For what comes before a login."""
