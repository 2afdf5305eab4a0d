"""The addresses of one's own account, inside an organization."""

from django.urls import include, path

from organizations import account_views, passkey_views, second_factor_views, session_views

account = [
    path("", account_views.ProfilePage.as_view(), name="profile"),
    path("theme/", account_views.ThemePage.as_view(), name="theme"),
    path("password/", account_views.PasswordPage.as_view(), name="password"),
    path("email/", account_views.EmailPage.as_view(), name="email"),
    path("email/link/", account_views.SendLinkPage.as_view(), name="send_link"),
    path("sessions/", session_views.SessionsPage.as_view(), name="sessions"),
    path("app/", second_factor_views.AppPage.as_view(), name="app"),
    path("app/off/", second_factor_views.AppOffPage.as_view(), name="app_off"),
    path("passkeys/add/", passkey_views.PasskeyAddPage.as_view(), name="passkey_add"),
    path("passkeys/<int:pk>/name/", passkey_views.PasskeyNamePage.as_view(), name="passkey_name"),
    path("passkeys/<int:pk>/remove/", passkey_views.PasskeyRemovePage.as_view(), name="passkey_remove"),
    path("codes/", second_factor_views.CodesPage.as_view(), name="codes"),
]
urlpatterns = [path("settings/account/", include((account, "account")))]
