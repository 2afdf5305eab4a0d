"""The addresses of the settings of an organization, inside of it."""

from django.urls import include, path

from organizations import audit_views, member_views, rate_views, settings_views

settings = [
    path("", settings_views.OrganizationPage.as_view(), name="organization"),
    path("delete/", settings_views.OrganizationDeletePage.as_view(), name="delete"),
]
members = [
    path("members/", member_views.MemberListPage.as_view(), name="list"),
    path("members/<int:pk>/role/", member_views.RoleButton.as_view(), name="role"),
    path("members/<int:pk>/remove/", member_views.MemberRemovePage.as_view(), name="remove"),
    path("invitations/new/", member_views.InvitePage.as_view(), name="invite"),
    path("invitations/<int:pk>/send/", member_views.SendAgainButton.as_view(), name="send_again"),
    path("invitations/<int:pk>/revoke/", member_views.RevokeButton.as_view(), name="revoke"),
]
rates = [
    path("", rate_views.RateListPage.as_view(), name="list"),
    path("new/", rate_views.RateCreatePage.as_view(), name="create"),
    path("<int:pk>/edit/", rate_views.RateEditPage.as_view(), name="edit"),
    path("<int:pk>/delete/", rate_views.RateDeletePage.as_view(), name="delete"),
]
audit = [path("", audit_views.AuditPage.as_view(), name="list")]
urlpatterns = [
    path("settings/audit/", include((audit, "audit"))),
    path("rates/", include((rates, "rates"))),
    path("settings/", include((settings, "settings"))),
    path("", include((members, "members"))),
]
