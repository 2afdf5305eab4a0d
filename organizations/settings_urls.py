"""The addresses of the settings of an organization, inside of it."""

from django.urls import include, path

from organizations import settings_views

settings = [
    path("", settings_views.OrganizationPage.as_view(), name="organization"),
    path("delete/", settings_views.OrganizationDeletePage.as_view(), name="delete"),
]
urlpatterns = [path("settings/", include((settings, "settings")))]
