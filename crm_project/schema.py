"""How the OpenAPI document is written: every operation with its refusals, its headers and its organization."""

from __future__ import annotations

import inspect
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from crm_project import schema_types  # noqa: F401
from crm_project.errors import PROBLEM_JSON
from organizations.permissions import IsAnybody, IsMember
from organizations.tenancy import retries
from organizations.tenancy.ids import ID_SCHEMA
from organizations.tenancy.serializers import StrictSerializer
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
    "422": "The Idempotency-Key was sent with another request.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}


class ProblemErrorSerializer(serializers.Serializer):
    pointer = serializers.CharField(allow_blank=True, help_text="JSON pointer to the field; empty for the whole body.")
    code = serializers.CharField()
    detail = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """A refusal, by RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField(min_value=400, max_value=599)
    detail = serializers.CharField(help_text="A sentence for people.")
    code = serializers.CharField(help_text="A word for programs.")
    request_id = serializers.CharField(help_text="Also in the header X-Request-Id.")
    errors = ProblemErrorSerializer(many=True, required=False)  # type: ignore[assignment]  # a member of the problem
    current = serializers.DictField(required=False, help_text="With 412: the record as it is now.")


KEY_SCHEMA = {"type": "string", "pattern": f"^{retries.GOOD_KEY.pattern}$"}


def _header(name: str, description: str, **options: Any) -> OpenApiParameter:
    options.setdefault("type", OpenApiTypes.STR)
    return OpenApiParameter(name, location=OpenApiParameter.HEADER, description=description, **options)


def _answered(name: str, description: str, *statuses: int) -> OpenApiParameter:
    """A header of the answers with these statuses; of all without any."""
    return _header(name, description, required=True, response=list(statuses) or True)


def _own_words(something: object) -> str:
    """What its class says of itself; an inherited docstring is for those who read the code."""
    return inspect.cleandoc(vars(type(something)).get("__doc__") or "")


class ContractSchema(AutoSchema):
    def get_description(self) -> str:  # type: ignore[override]  # as AutoSchema has it
        return _own_words(self.view)

    # What the caller sends

    def get_override_parameters(self) -> list[Any]:
        parameters = [*self._answered_headers()]
        if self._needs_organization():
            parameters.append(
                OpenApiParameter(
                    "X-Organization-Id", ID_SCHEMA, OpenApiParameter.HEADER, required=True, description="Which one."
                )
            )
        if self._takes_if_match():
            parameters.append(_header("If-Match", "Only if the record still has this ETag."))
        if self._takes_key():
            sentence = "Sent again with the same body, nothing is done twice."
            parameters.append(_header(retries.HEADER, sentence, type=KEY_SCHEMA))
        if self._takes_if_none_match():
            parameters.append(_header("If-None-Match", "Only if the record has another ETag."))
        if isinstance(self.view, OrderedList) and self._is_list_view():
            parameters += self._ordering_parameters()
        return parameters

    def _ordering_parameters(self) -> list[OpenApiParameter]:
        view: Any = self.view
        default = view.default_ordering
        return [
            OpenApiParameter("order_by", enum=view.orderings, default=default.lstrip("-")),
            OpenApiParameter("order", enum=("asc", "desc"), default="desc" if default.startswith("-") else "asc"),
        ]

    def _resolve_path_parameters(self, variables: Any) -> list[dict[str, Any]]:
        return [{**parameter, "schema": ID_SCHEMA} for parameter in super()._resolve_path_parameters(variables)]

    def _get_request_body(self, direction: Any = "request") -> Any:
        """Also that of a DELETE, where the view names its serializer by media type."""
        bodies = self.get_request_serializer() if self.method == "DELETE" else None
        if not isinstance(bodies, dict):
            return super()._get_request_body(direction)
        content = {name: {"schema": self._get_request_for_media_type(body)[0]} for name, body in bodies.items()}
        return {"content": content, "required": True}

    def _postprocess_serializer_schema(self, schema: Any, serializer: Any, direction: Any) -> Any:
        """Bodies take nothing beside their fields; records are answered with all of theirs."""
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        if not _own_words(serializer):
            schema.pop("description", None)
        if isinstance(serializer, StrictSerializer) and direction == "request":
            schema["additionalProperties"] = False
        elif isinstance(serializer, StrictSerializer):
            schema["required"] = sorted(schema["properties"])
        return schema

    # What is answered

    def _answered_headers(self) -> list[OpenApiParameter]:
        headers = [_answered("X-Request-Id", "Names the request in our log.")]
        if self._is_tagged():
            headers.append(_answered("ETag", "The state of the record.", 200, 201, 304))
        if self._is_tagged() and self.method == "POST":
            headers.append(_answered("Location", "Where the record is.", 201))
        if self._takes_key():
            headers.append(_header("Idempotent-Replayed", "Nothing was done again.", response=[200, 201, 204]))
        headers.append(_answered("WWW-Authenticate", "How to sign in.", 401))
        if self._is_throttled():
            headers.append(_answered("Retry-After", "Seconds to wait.", 429))
        return headers

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        if self.method == "DELETE":
            bodies = {"204": self._get_response_for_code(None, "204", direction=direction)}
        for status in self._refusals():
            if status not in bodies:
                body = self._get_response_for_code(ProblemSerializer, status, [PROBLEM_JSON], direction)
                bodies[status] = {**body, "description": REFUSALS[status]}
        if self._takes_if_none_match():
            headers = self._get_response_headers_for_code("304")
            bodies["304"] = {"headers": headers, "description": "The caller has this state already."}
        return bodies

    def _refusals(self) -> list[str]:
        refusals = {
            "403": self._needs_organization(),
            "404": "{" in self.path,
            "409": self.method != "GET",
            "412": self._takes_if_match(),
            "413": self._get_request_body() is not None,
            "415": self._get_request_body() is not None,
            "422": self._takes_key(),
            "429": self._is_throttled(),
        }
        return sorted({"400", "401", "406", *(status for status, is_possible in refusals.items() if is_possible)})

    # What the view is

    def _needs_organization(self) -> bool:
        return IsMember in getattr(self.view, "permission_classes", ())

    def _is_throttled(self) -> bool:
        return bool(getattr(self.view, "throttle_classes", ()))

    def _takes_key(self) -> bool:
        return self.method == "POST" and IsAnybody not in getattr(self.view, "permission_classes", ())

    def _is_versioned(self) -> bool:
        return isinstance(self.view, TenantViewSet) or getattr(self.view, "is_versioned", False)

    def _is_tagged(self) -> bool:
        return self._is_versioned() and not self._is_list_view() and self.method != "DELETE"

    def _takes_if_match(self) -> bool:
        return self._is_versioned() and self.method in ("PATCH", "DELETE")

    def _takes_if_none_match(self) -> bool:
        return self._is_tagged() and self.method == "GET"


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "organizations.tokens.TokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
