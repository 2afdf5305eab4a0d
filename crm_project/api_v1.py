"""The API, version 1: what the rooms offer, its schema and its page of documentation."""

from django.urls import include, path

from crm_project.documentation import DocumentationView, DocumentView
from crm_project.search_views import SearchView

urlpatterns = [
    path("schema", DocumentView.as_view(), name="schema"),
    path("docs", DocumentationView.as_view(url_name="schema"), name="docs"),
    path("search", SearchView.as_view(), name="search-api"),
    path("", include("organizations.urls")),
    path("", include("contacts.urls")),
    path("", include("activities.urls")),
    path("", include("deals.urls")),
    path("", include("tasks.urls")),
    path("", include("analytics.urls")),
]
