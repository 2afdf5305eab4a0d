"""The addresses of the pages of deals, inside an organization."""

from django.urls import include, path

from deals import move_views, views

deals = [
    path("", views.DealListPage.as_view(), name="list"),
    path("<int:pk>/move/", move_views.MovePage.as_view(), name="move"),
]
urlpatterns = [path("deals/", include((deals, "deals")))]
