"""The pages of one organization: what the rooms show to the people who sell."""

from django.urls import include, path

from crm_project import search_views, views

urlpatterns = [
    path("", views.TodayPage.as_view(), name="today"),
    path("search/", search_views.SearchPage.as_view(), name="search"),
    path("", include("contacts.page_urls")),
    path("", include("deals.page_urls")),
    path("", include("activities.page_urls")),
    path("", include("deals.pipeline_urls")),
    path("", include("organizations.settings_urls")),
    path("", include("organizations.account_urls")),
    path("", include("tasks.page_urls")),
    path("", include("analytics.page_urls")),
]
