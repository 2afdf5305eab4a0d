"""How the OpenAPI document is written: every operation with its refusals, its headers and its organization."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from crm_project.errors import PROBLEM_JSON
from organizations.permissions import IsMember
from organizations.tenancy.viewsets import OrderedList, TenantViewSet

REFUSALS = {
    "400": "The input is not valid; `errors` says where.",
    "401": "Not signed in, or the token is not good any more.",
    "403": "Not a member of the organization, or the role does not allow it.",
    "404": "There is no such record.",
    "406": "Only JSON is answered.",
    "409": "In conflict with what is stored.",
    "412": "Somebody else was faster; `current` is the record as it is now.",
    "413": "The body is too large.",
    "415": "The body is not JSON.",
}


class ProblemErrorSerializer(serializers.Serializer):
    pointer = serializers.CharField(allow_blank=True, help_text="JSON pointer to the field; empty for the whole body.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """A refusal, by RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence for people.")
    code = serializers.CharField(help_text="A word for programs.")
    request_id = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)
    current = serializers.DictField(required=False, help_text="With 412: the record as it is now.")


def _header(name: str, description: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, OpenApiParameter.HEADER, description=description, **options)


class ContractSchema(AutoSchema):
    def get_override_parameters(self) -> list[OpenApiParameter]:
        parameters = []
        if self._needs_organization():
            parameters.append(
                OpenApiParameter(
                    "X-Organization-Id", int, OpenApiParameter.HEADER, required=True, description="Which organization."
                )
            )
        if self.method in ("PATCH", "DELETE") and self._is_versioned():
            parameters.append(_header("If-Match", "Only if the record still has this ETag."))
        if self.method == "GET" and self._is_versioned() and not self._is_list_view():
            parameters.append(_header("If-None-Match", "Only if the record has another ETag."))
        if isinstance(self.view, OrderedList) and self._is_list_view():
            parameters += self._ordering_parameters()
        return parameters

    def _ordering_parameters(self) -> list[OpenApiParameter]:
        default = self.view.default_ordering
        return [
            OpenApiParameter("order_by", enum=self.view.orderings, default=default.lstrip("-")),
            OpenApiParameter("order", enum=("asc", "desc"), default="desc" if default.startswith("-") else "asc"),
        ]

    def _needs_organization(self) -> bool:
        return IsMember in getattr(self.view, "permission_classes", ())

    def _is_versioned(self) -> bool:
        return isinstance(self.view, TenantViewSet) or getattr(self.view, "is_versioned", False)

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for status in self._refusals():
            if status not in bodies:
                body = self._get_response_for_code(ProblemSerializer, status, [PROBLEM_JSON], direction)
                bodies[status] = {**body, "description": REFUSALS[status]}
        if self.method == "GET" and self._is_versioned() and not self._is_list_view():
            bodies["304"] = {"description": "The caller has this state already."}
        return bodies

    def _refusals(self) -> list[str]:
        statuses = ["400", "401", "406"]
        if self._needs_organization():
            statuses += ["403"]
        if "{" in self.path:
            statuses += ["404"]
        if self.method in ("POST", "PATCH", "DELETE"):
            statuses += ["409", "413", "415"]
        if self.method in ("PATCH", "DELETE") and self._is_versioned():
            statuses += ["412"]
        return sorted(set(statuses))


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "organizations.tokens.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
