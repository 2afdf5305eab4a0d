"""Every refusal of the API as a problem of RFC 9457, and the pages of errors outside of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from crm_project.outages import Outage, outage
from organizations.tenancy.columns import columns_of
from organizations.tenancy.refusals import Conflict, Forbidden, Gone, StaleVersion

PROBLEM_JSON = "application/problem+json"
MISSPELLED = ("unknown_field", "unknown_parameter")
VALIDATION = "The input is not valid. See the errors."


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the answer to this refusal, None for what is no refusal but our fault."""
    view, request = context.get("view"), context["request"]
    body, headers = _body(error, view), _headers(error)
    if body is None:
        return None
    body = {**body, "request_id": request.id}
    return Response(body, status=body["status"], headers=headers, content_type=PROBLEM_JSON)


def _body(error: Exception, view: Any) -> dict[str, Any] | None:
    if isinstance(error, StaleVersion):
        return {**_problem(412, error.sentence, error.reason), "current": _current(error, view)}
    if isinstance(error, (Http404, Gone)):
        return _problem(404, "There is no such record.", "not_found")
    if isinstance(error, Conflict):
        return _problem(409, error.sentence, error.reason)
    if isinstance(error, ValidationError):
        return _invalid(list(_from_django(error, view)))
    if isinstance(error, exceptions.ValidationError):
        return _invalid(list(_from_drf(error.get_full_details(), "")))
    if isinstance(error, Forbidden):
        return _problem(403, error.sentence, error.reason)
    if isinstance(error, PermissionDenied):
        return _problem(403, str(error) or "You may not do this.", "permission_denied")
    if isinstance(error, exceptions.APIException):
        return _problem(error.status_code, *_sentence_and_code(error))
    if out := outage(error):
        return _problem(out.status, out.sentence, out.code)
    return None


def _problem(status: int, detail: str, code: str, **more: Any) -> dict[str, Any]:
    return {
        "type": f"urn:kontor:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }


def _invalid(errors: list[dict[str, str]]) -> dict[str, Any]:
    """What the caller misspelled names the whole problem: the rest may be wrong only because of it."""
    code = next((error["code"] for error in errors if error["code"] in MISSPELLED), "invalid")
    return _problem(400, VALIDATION, code, errors=errors)


def _current(error: StaleVersion, view: Any) -> Any:
    return columns_of(view.get_serializer_class()).shown_of(error.current)


def _from_django(error: ValidationError, view: Any) -> Iterator[dict[str, str]]:
    names = view.api_names() if hasattr(view, "api_names") else {}
    fields = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
    for field, details in fields.items():
        pointer = "" if field == NON_FIELD_ERRORS else f"/{names.get(field, field)}"
        for detail in details:
            yield _error(pointer, detail.code or "invalid", " ".join(detail.messages))


def _from_drf(details: Any, pointer: str) -> Iterator[dict[str, str]]:
    """DRF's nested details, flat."""
    if isinstance(details, dict) and isinstance(details.get("message"), str):
        yield _error(pointer, details["code"], str(details["message"]))
    elif isinstance(details, dict):
        for name, inner in details.items():
            here = pointer if name == api_settings.NON_FIELD_ERRORS_KEY else f"{pointer}/{_escaped(name)}"
            yield from _from_drf(inner, here)
    else:
        for inner in details:
            yield from _from_drf(inner, pointer)


def _escaped(name: Any) -> str:
    """A member's name as a JSON pointer (RFC 6901) writes it."""
    return str(name).replace("~", "~0").replace("/", "~1")


def _error(pointer: str, code: str, detail: str) -> dict[str, str]:
    return {"pointer": pointer, "code": code, "detail": detail}


def _sentence_and_code(error: exceptions.APIException) -> tuple[str, str]:
    detail = error.detail["detail"] if isinstance(error.detail, dict) else error.detail
    return str(detail), getattr(detail, "code", error.default_code)


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    if out := outage(error):
        headers["Retry-After"] = str(out.wait)
    return headers


# What fails outside a view of the API


def _is_api(request: HttpRequest) -> bool:
    return request.path_info == "/api" or request.path_info.startswith("/api/")


def _plain_problem(request: Any, status: int, detail: str, code: str) -> HttpResponse:
    body = {**_problem(status, detail, code), "request_id": request.id}
    return JsonResponse(body, status=status, content_type=PROBLEM_JSON)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return _plain_problem(request, 404, "There is nothing at this address.", "not_found")
    return defaults.page_not_found(request, exception)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_api(request):
        return _plain_problem(request, 400, "This request is malformed.", "bad_request")
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if out := outage(sys.exception()):
        return _out(request, out)
    if _is_api(request):
        sentence = "Something went wrong on our side. Nothing was changed; try again."
        return _plain_problem(request, 500, sentence, "server_error")
    return defaults.server_error(request)


def _out(request: HttpRequest, out: Outage) -> HttpResponse:
    if _is_api(request):
        answer = _plain_problem(request, out.status, out.sentence, out.code)
    else:
        answer = HttpResponse(render_to_string(out.page), status=out.status)
    answer["Retry-After"] = str(out.wait)
    return answer


def length_required(request: HttpRequest) -> HttpResponse:
    return _plain_problem(request, 411, "Send the length of the body in Content-Length.", "length_required")


def body_too_large(request: HttpRequest) -> HttpResponse:
    """Whoever sends on is not heard: the connection ends with the answer."""
    sentence = f"A body has at most {settings.MAX_BODY_BYTES:,} bytes."
    answer = _plain_problem(request, 413, sentence, "body_too_large")
    answer["Connection"] = "close"
    return answer
