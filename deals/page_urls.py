"""The addresses of the pages of deals, inside an organization."""

from django.urls import include, path

from deals import views

deals = [path("", views.DealListPage.as_view(), name="list")]
urlpatterns = [path("deals/", include((deals, "deals")))]
