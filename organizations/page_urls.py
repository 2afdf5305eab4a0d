"""The pages before a sign-in, and those that ask who it is; their names are those that django-allauth asks for."""

from allauth.account import views
from django.urls import path, re_path

from organizations.address_views import ConfirmEmailView
from organizations.invitation_views import InvitationView
from organizations.passkey_sign_in import AskPasskeyView, PasskeySignInView, SecondFactorView
from organizations.refused_forms import refusing
from organizations.settings_views import NewOrganizationView
from organizations.sign_in import AskCodeView, AskPasswordView
from organizations.sign_up import SignUpView

urlpatterns = [
    path("sign-in/", refusing(views.login), name="account_login"),
    path("sign-in/code/", refusing(SecondFactorView.as_view()), name="mfa_authenticate"),
    path("sign-in/passkey/", PasskeySignInView.as_view(), name="mfa_login_webauthn"),
    path("confirm/password/", refusing(AskPasswordView.as_view()), name="account_reauthenticate"),
    path("confirm/code/", refusing(AskCodeView.as_view()), name="mfa_reauthenticate"),
    path("confirm/passkey/", AskPasskeyView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("sign-out/", views.logout, name="account_logout"),
    path("sign-up/", SignUpView.as_view(), name="account_signup"),
    path("organizations/new/", NewOrganizationView.as_view(), name="new-organization"),
    path("invitations/accept", InvitationView.as_view(), name="invitation"),
    path("email/confirm", ConfirmEmailView.as_view(), name="confirm_email"),
    path("password/", refusing(views.password_reset), name="account_reset_password"),
    path("password/sent/", views.password_reset_done, name="account_reset_password_done"),
    path("password/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        refusing(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
]
