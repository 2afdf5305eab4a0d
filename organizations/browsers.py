"""Where a user is signed in by page: one row beside each of Django's sessions, which goes when the session goes."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from organizations import whence
from organizations.users import BrowserSession, User

NOTED = "noted"  # in the session: under which key it was noted, when for the first time, when for the last
AGAIN = 600  # seconds until a browser in use is noted once more


class BrowserMiddleware:
    """Notes every ten minutes that a browser is in use, and at once that its session goes by a new key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        response = self.get_response(request)
        if request.session.session_key and request.user.is_authenticated and _is_due(request.session):
            note(request, request.user)
        return response


def _is_due(session: Any) -> bool:
    key, _since, last = session.get(NOTED, ("", 0, 0))
    return key != session.session_key or time.time() - last > AGAIN


def note(request: Any, user: User) -> None:
    """The moment of the sign-in is in the session too: a new password gives the session another key."""
    key, now = request.session.session_key, timezone.now()
    since = request.session.get(NOTED, ("", now.timestamp(), 0))[1]
    request.session[NOTED] = (key, since, now.timestamp())
    seen = {"user": user, "user_agent": whence.browser(request), "address": whence.address(request), "seen_at": now}
    began = datetime.fromtimestamp(since, UTC)
    try:
        with transaction.atomic():
            browsers = BrowserSession.objects
            browsers.update_or_create(session_id=key, defaults=seen, create_defaults={**seen, "created_at": began})
    except IntegrityError:  # signed out from elsewhere a moment ago
        return


def of(user: User) -> Any:
    """The browsers in which this user is signed in, the last used first."""
    return BrowserSession.objects.filter(user=user, session__expire_date__gt=timezone.now()).order_by("-seen_at", "pk")


def end(browsers: Any) -> None:
    """Sign out of these, at once: Django's sessions go, and these rows along."""
    Session.objects.filter(pk__in=browsers.values("session")).delete()


@transaction.atomic
def end_all(user: User, but: str | None = None) -> None:
    """Sign this user out everywhere, programs included; the session with this key stays."""
    end(BrowserSession.objects.filter(user=user).exclude(session=but))
    user.logins.all().delete()
