"""Who reads and where they stand: their language and time zone, and `request.membership`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from organizations.models import Membership, Organization, User
from organizations.tenancy import row_security
from organizations.tenancy.ids import parse_id
from organizations.tenancy.kept import Kept


def membership_of(user_id: Any, header: str | None) -> Membership | None:
    """This user's membership in the organization of the header, with both, in one query."""
    row_security.admit(user_id)
    organization_id = parse_id(header or "")
    rows = PLACES.rows(user_id, organization_id) if organization_id else ()
    return _entered(next(map(_placed, rows), None))


def membership_at(user_id: Any, slug: str) -> Membership | None:
    """This user's membership in the organization that a page's path names, with both, in one query."""
    return _entered(next(map(_placed, PLACES_OF_SLUG.rows(user_id, slug)), None))


def _entered(membership: Membership | None) -> Membership | None:
    if membership:
        row_security.enter(membership.organization_id)
    return membership


def _columns(model: Any) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


OF_MEMBERSHIP, OF_USER, OF_ORGANIZATION = _columns(Membership), _columns(User), _columns(Organization)


def _places(**narrowed: Any) -> Any:
    places = Membership.objects.filter(**narrowed).order_by()
    along = [*(f"user__{name}" for name in OF_USER), *(f"organization__{name}" for name in OF_ORGANIZATION)]
    return places.values_list(*OF_MEMBERSHIP, *along)


PLACES = Kept(lambda user_id, organization_id: _places(user=user_id, organization=organization_id))
PLACES_OF_SLUG = Kept(lambda user_id, slug: _places(user=user_id, organization__slug=slug))


def _placed(row: tuple[Any, ...]) -> Membership:
    own, rest = row[: len(OF_MEMBERSHIP)], row[len(OF_MEMBERSHIP) :]
    membership: Any = Membership.from_db(DEFAULT_DB_ALIAS, OF_MEMBERSHIP, own)
    membership.user = User.from_db(DEFAULT_DB_ALIAS, OF_USER, rest[: len(OF_USER)])
    membership.organization = Organization.from_db(DEFAULT_DB_ALIAS, OF_ORGANIZATION, rest[len(OF_USER) :])
    return membership


class ReaderMiddleware(LocaleMiddleware):
    """Speaks the language of who is signed in, and tells their time; to others, the language of their browser."""

    def process_request(self, request: Any) -> None:
        super().process_request(request)
        timezone.deactivate()
        if request.user.is_authenticated:
            translation.activate(request.user.locale)
            request.LANGUAGE_CODE = translation.get_language()
            timezone.activate(request.user.time_zone)


class MembershipMiddleware:
    """`request.membership`: where the signed-in user stands, false where nowhere; asked for at first touch.

    A request with a token is signed in only inside the API's view, which then puts the membership here itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.membership = SimpleLazyObject(lambda: _resolve(request))
        with row_security.lasting_for_a_request():
            row_security.admit(request.user.pk)
            return self.get_response(request)


def _resolve(request: Any) -> Membership | None:
    slug = request.resolver_match.kwargs.get("organization") if request.resolver_match else None
    if slug is not None:
        return membership_at(request.user.pk, slug)
    return membership_of(request.user.pk, request.headers.get("X-Organization-Id"))
