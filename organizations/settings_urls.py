"""The addresses of the settings of an organization, inside of it."""

from django.urls import include, path

from organizations import member_views, settings_views

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
urlpatterns = [
    path("settings/", include((settings, "settings"))),
    path("", include((members, "members"))),
]
