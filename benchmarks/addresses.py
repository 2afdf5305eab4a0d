"""Every page of an organization that can be opened by its address alone."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver

from contacts.models import Company, Contact
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from organizations.models import Membership
from tasks.models import Task

OF_TRANSACTIONS = ("BEGIN", "COMMIT")
KINDS: dict[str, Any] = {
    "companies": Company,
    "contacts": Contact,
    "deals": Deal,
    "members": Membership,
    "pipelines": Pipeline,
    "stages": Stage,
    "tasks": Task,
}


def cookie_of(by: Membership) -> str:
    """What a browser sends in which this member is signed in."""
    return f"sessionid={_browser(by).cookies['sessionid'].value}"


def pages_of(by: Membership) -> dict[str, int]:
    """Those that answer this member with a page, and how many statements each takes."""
    browser = _browser(by)
    ids = {name: model.objects.for_membership(by).order_by("-pk").first().pk for name, model in KINDS.items()}
    paths = {_filled(path, by.organization.slug, ids) for path in _paths()} - {None}
    return {path: count for path in sorted(map(str, paths)) if (count := _statements(browser, path))}


def _browser(by: Membership) -> Client:
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(by.user)
    return browser


def _statements(browser: Client, path: str) -> int:
    """None for what is no page: a fragment, or a form that only takes."""
    with CaptureQueriesContext(connection) as statements:
        answer = browser.get(path)
    count = sum(not query["sql"].startswith(OF_TRANSACTIONS) for query in statements)
    return count if answer.status_code == 200 and b"<!doctype html>" in answer.content else 0


def _paths(patterns: Any = None, prefix: str = "/") -> list[str]:
    paths: list[str] = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        paths += [path] if isinstance(pattern, URLPattern) else _paths(pattern.url_patterns, path)
    return [path for path in paths if path.startswith("/o/")]


def _filled(path: str, slug: str, ids: dict[str, int]) -> str | None:
    path = path.replace("<slug:organization>", slug)
    kind = path.removeprefix(f"/o/{slug}/").partition("/")[0]
    path = re.sub(r"<int:pk>", str(ids.get(kind, 0)), path)
    return None if "<" in path else path
