"""The addresses of this app in the API."""

from django.urls import path

from analytics.views import FunnelView, SummaryView

urlpatterns = [
    path("analytics/deals/summary", SummaryView.as_view(), name="summary"),
    path("analytics/deals/funnel", FunnelView.as_view(), name="funnel"),
]
