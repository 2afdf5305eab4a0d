"""What every request passes before anything of ours sees it."""

import re
import uuid
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from allauth.core.context import request_context
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.urls import ResolverMatch, resolve, reverse
from django.utils import timezone, translation

from crm_project import errors, headers, log
from organizations.limits import TooMany
from organizations.tenancy import row_security

GOOD_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIdMiddleware:
    """Names each request, as the proxy named it or anew, so that an answer can be found in the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request.id = given if GOOD_REQUEST_ID.fullmatch(given) else uuid.uuid4().hex  # type: ignore[attr-defined]
        log.request_id.set(request.id)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        return response


class HeadersMiddleware:
    """Says to browsers what Django and the CSP do not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in headers.ON_EVERY_ANSWER.items():
            response[name] = value
        return response


class BodyLengthMiddleware:
    """Refuses a body of untold length, which Django would read as none at all, and one too long, before it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Transfer-Encoding") and not request.headers.get("Content-Length"):
            return errors.length_required(request)
        length = request.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > settings.MAX_BODY_BYTES:
            return errors.body_too_large(request)
        return self.get_response(request)


class ApiMiddleware:
    """The API answers with and without a trailing slash, and is spared what serves pages alone.

    No session, no sign-in, no compression: its requests go straight to their view, in the language that they ask for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response, self.answer = get_response, convert_exception_to_response(_answer)

    def __call__(self, request: Any) -> Any:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        request.path_info = request.path_info.rstrip("/")
        request.membership = None  # the token's, once the view has read it
        timezone.deactivate()
        language = translation.get_language_from_request(request)
        translation.activate(language)
        with request_context(request), row_security.lasting_for_a_request():  # allauth counts wrong codes by the former
            response: Any = self.answer(request)
        response.headers["Content-Security-Policy"] = headers.POLICY_OF_API
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Vary", "Accept-Language")
        response.headers.setdefault("Content-Length", str(len(response.content)))
        return response


def _answer(request: Any) -> HttpResponseBase:
    request.get_host()  # refuses what is no host of ours
    match = request.resolver_match = _place_of(request.path_info, settings.ROOT_URLCONF)
    response = match.func(request, *match.args, **match.kwargs)
    return response.render() if hasattr(response, "render") else response


@lru_cache(maxsize=1_000)
def _place_of(path: str, urlconf: str) -> ResolverMatch:
    """The view of this path. A hundred patterns are tried in turn to find it; nobody changes what was found."""
    return resolve(path, urlconf)


class PageCompressionMiddleware(GZipMiddleware):
    """Pages travel compressed; the API's answers do not, for a compressed one loses its strong ETag."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)


class SignInMiddleware(LoginRequiredMiddleware):
    """Everything is closed but what says otherwise; operators sign in at the admin, all others by page."""

    def get_login_url(self, view_func: Any) -> str:
        return reverse("admin:login") if hasattr(view_func, "model_admin") else super().get_login_url(view_func)


class TooManyMiddleware:
    """Pages and the admin answer who guesses too often as the API does, with the seconds to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TooMany):
            return None
        response = render(request, "429.html", status=429)
        response["Retry-After"] = exception.wait
        return response
