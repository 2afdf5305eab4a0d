"""The addresses of this app in the API."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from organizations.auth_views import AcceptView, LoginView, LogoutView, MeView, PasswordView, RefreshView, RegisterView
from organizations.viewsets import (
    AuditViewSet,
    CurrentOrganizationView,
    ExchangeRateViewSet,
    InvitationViewSet,
    MemberViewSet,
    OrganizationsView,
    OwnOrganizationsView,
)

router = SimpleRouter(trailing_slash=False)
router.register("members", MemberViewSet, basename="member")
router.register("invitations", InvitationViewSet, basename="invitation")
router.register("audit", AuditViewSet, basename="audit")
router.register("exchange-rates", ExchangeRateViewSet, basename="exchange-rate")

urlpatterns = [
    path("auth/register", RegisterView.as_view(), name="register"),
    path("auth/login", LoginView.as_view(), name="login"),
    path("auth/refresh", RefreshView.as_view(), name="refresh"),
    path("auth/logout", LogoutView.as_view(), name="logout"),
    path("users/me", MeView.as_view(), name="me"),
    path("users/me/password", PasswordView.as_view(), name="password"),
    path("organizations", OrganizationsView.as_view(), name="organizations"),
    path("organizations/me", OwnOrganizationsView.as_view(), name="own-organizations"),
    path("organizations/current", CurrentOrganizationView.as_view(), name="organization"),
    path("invitations/accept", AcceptView.as_view(), name="accept-invitation"),
    *router.urls,
]
