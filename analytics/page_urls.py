"""The addresses of the pages of reports, inside an organization."""

from django.urls import include, path

from analytics.page_views import OverviewPage

analytics = [path("", OverviewPage.as_view(), name="overview")]
urlpatterns = [path("analytics/", include((analytics, "analytics")))]
