"""The API's tokens: given out at login, exchanged for new ones, revoked; and who a request comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from rest_framework.exceptions import AuthenticationFailed
from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import InvalidToken, TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.utils import get_md5_hash_password

from organizations import noting
from organizations.audit import Type
from organizations.middleware import membership_of
from organizations.proven import ProvenTokens
from organizations.tenancy.ids import parse_id
from organizations.users import Login, User


def issue(user: User) -> dict[str, Any]:
    """A new login: an access token of 15 minutes and a refresh token of 30 days."""
    user.logins.filter(expires_at__lt=timezone.now()).delete()
    login = Login(user=user)
    noting.note(user, Type.SIGNED_IN, user, by="program")
    return _pair(login, RefreshToken.for_user(user))


def _pair(login: Login, refresh: RefreshToken) -> dict[str, Any]:
    login.token_id, login.refreshed_at = refresh["jti"], timezone.now()
    login.expires_at = timezone.now() + timedelta(seconds=refresh.lifetime.total_seconds())
    login.save()
    refresh["login"] = login.pk
    access = refresh.access_token
    lifetime: Any = settings.SIMPLE_JWT["ACCESS_TOKEN_LIFETIME"]
    return {
        "access_token": str(access),
        "refresh_token": str(refresh),
        "token_type": "bearer",
        "expires_in": int(lifetime.total_seconds()),
    }


def refresh(token: str) -> dict[str, Any]:
    """A new pair for a refresh token, which is spent by it; a spent one ends its whole login.

    Raises InvalidToken. The revocation is kept, though the request is refused.
    """
    claims = _read(token)
    with transaction.atomic():
        logins = Login.objects.select_for_update(of=("self",)).select_related("user")
        login = logins.filter(pk=claims.get("login")).first()
        if login and login.token_id == claims["jti"] and _is_still_good(claims, login.user):
            return _pair(login, RefreshToken.for_user(login.user))
        if login:
            noting.note(login.user, Type.TOKEN_REPLAYED, None)
            login.delete()
    raise InvalidToken("This refresh token was used or revoked. Log in again.")


def revoke(token: str, user: User) -> None:
    """End the login of this user's refresh token. Raises InvalidToken for what is none."""
    user.logins.filter(pk=_read(token).get("login")).delete()


def _read(token: str) -> RefreshToken:
    try:
        return RefreshToken(token)  # type: ignore[arg-type]
    except TokenError as error:
        raise InvalidToken("This refresh token is malformed or has expired. Log in again.") from error


def _is_still_good(claims: Any, user: User) -> bool:
    """A deactivated user and a changed password end every token given out before."""
    return user.is_active and claims.get(api_settings.REVOKE_TOKEN_CLAIM) == get_md5_hash_password(user.password)


proven = ProvenTokens(size=5_000)


class TokenAuthentication(JWTAuthentication):
    """Finds the user of an access token, together with the membership that the request names: one query."""

    def authenticate(self, request: Any) -> Any:
        header = self.get_header(request)
        raw_token = self.get_raw_token(header) if header else None
        if raw_token is None:
            return None
        token = proven.get(raw_token) or proven.keep(raw_token, self.get_validated_token(raw_token).payload)
        user_id = parse_id(str(token.get(api_settings.USER_ID_CLAIM)))
        membership = membership_of(user_id, request.headers.get("X-Organization-Id"))
        user = membership.user if membership else User.objects.filter(pk=user_id).first()
        if user is None or not _is_still_good(token, user):
            raise AuthenticationFailed("This token is not good any more. Log in again.", "token_not_valid")
        request._request.membership = membership
        return user, token
