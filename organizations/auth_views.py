"""The API before and around a login: register, log in, refresh, log out, oneself, accepting an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError as InvalidCode
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import AuthenticationFailed, Throttled, ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from organizations import accounts, actions, limits, second_factor, tokens
from organizations.models import Membership
from organizations.permissions import IsAnybody
from organizations.serializers import (
    AcceptedSerializer,
    AcceptSerializer,
    LoggedInSerializer,
    LoginSerializer,
    PasswordSerializer,
    RefreshSerializer,
    RegisteredSerializer,
    RegisterSerializer,
    TokensSerializer,
    UserSerializer,
)
from organizations.tenancy.viewsets import StrictView


class FormView(StrictView):
    """Takes one body. Before a login nobody is asked who they are."""

    authentication_classes: Sequence[Any] = []
    permission_classes: list[Any] = [IsAnybody]
    throttle_classes = [limits.OfAddress]
    serializer_class: Any

    def get_authenticate_header(self, request: Any) -> str:
        return 'Bearer realm="api"'

    def values(self) -> dict[str, Any]:
        serializer = self.serializer_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class RegisterView(FormView):
    serializer_class = RegisterSerializer

    @extend_schema(responses={201: RegisteredSerializer})
    def post(self, request: Any) -> Response:
        membership = actions.register(**self.values())
        return Response(RegisteredSerializer(_logged_in(membership)).data, status=201)


class LoginView(FormView):
    serializer_class = LoginSerializer

    @extend_schema(responses=LoggedInSerializer)
    def post(self, request: Any) -> Response:
        values = self.values()
        user = authenticate(request, username=values["email"], password=values["password"])
        if user is None:
            raise AuthenticationFailed("The e-mail address or the password is wrong.", "invalid_credentials")
        if second_factor.is_on(user):
            self._spend(user, values.get("code"))
        return Response(LoggedInSerializer({**tokens.issue(user), "user": user}).data)

    def _spend(self, user: Any, code: str | None) -> None:
        if code is None:
            raise AuthenticationFailed(second_factor.what_to_send(user), "second_factor_required")
        try:
            second_factor.spend(user, code)
        except InvalidCode as refusal:
            if refusal.error_list[0].code == second_factor.TOO_MANY:
                raise Throttled(second_factor.WAIT) from refusal
            raise AuthenticationFailed(" ".join(refusal.messages), "invalid_code") from refusal


class RefreshView(FormView):
    serializer_class = RefreshSerializer

    @extend_schema(responses=TokensSerializer)
    def post(self, request: Any) -> Response:
        return Response(tokens.refresh(self.values()["refresh_token"]))


class LogoutView(FormView):
    authentication_classes = StrictView.authentication_classes
    permission_classes = [IsAuthenticated]
    serializer_class = RefreshSerializer

    @extend_schema(responses={204: None})
    def post(self, request: Any) -> Response:
        tokens.revoke(self.values()["refresh_token"], request.user)
        return Response(status=204)


class MeView(StrictView):
    permission_classes = [IsAuthenticated]

    @extend_schema(responses=UserSerializer)
    def get(self, request: Any) -> Response:
        return Response(UserSerializer(request.user).data)

    @extend_schema(request=UserSerializer(partial=True), responses=UserSerializer)
    def patch(self, request: Any) -> Response:
        serializer = UserSerializer(request.user, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)


class PasswordView(FormView):
    authentication_classes = StrictView.authentication_classes
    permission_classes = [IsAuthenticated]
    serializer_class = PasswordSerializer

    @extend_schema(responses={204: None})
    def post(self, request: Any) -> Response:
        accounts.change_password(request.user, **self.values())
        return Response(status=204)


class AcceptView(FormView):
    authentication_classes = StrictView.authentication_classes
    serializer_class = AcceptSerializer

    @extend_schema(responses=AcceptedSerializer)
    def post(self, request: Any) -> Response:
        membership = self._accept(request.user, **self.values())
        seen = {"user": membership.user, "organization": membership.organization, "membership": membership}
        return Response(AcceptedSerializer(seen).data)

    def _accept(self, user: Any, token: str, **newcomer: str) -> Membership:
        if user.is_authenticated:
            if newcomer:
                raise ValidationError({name: ["You are signed in: leave this out."] for name in newcomer}, "signed_in")
            return actions.accept_invitation(token=token, user=user, knowingly=True)
        missing = {
            name: ["Sign in, or write this to become a new user."] for name in {"name", "password"} - set(newcomer)
        }
        if missing:
            raise ValidationError(missing, "required")
        return actions.accept_invitation_as_new(token=token, **newcomer)


def _logged_in(membership: Membership) -> dict[str, Any]:
    return {**tokens.issue(membership.user), "user": membership.user, "organization": membership.organization}
