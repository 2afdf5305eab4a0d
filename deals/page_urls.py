"""The addresses of the pages of deals, inside an organization."""

from django.urls import include, path

from deals import board_views, bulk_views, move_views, record_views, views

deals = [
    path("", views.DealListPage.as_view(), name="list"),
    path("board/", board_views.BoardPage.as_view(), name="board"),
    path("suggest/", views.DealSuggestPage.as_view(), name="suggest"),
    path("bulk/", bulk_views.BulkPage.as_view(), name="bulk"),
    path("bulk/undo/", bulk_views.BulkUndoPage.as_view(), name="bulk_undo"),
    path("panel/", views.DealPanelPage.as_view(), name="panel"),
    path("<int:pk>/move/", move_views.MovePage.as_view(), name="move"),
]
one_deal = [
    path("new/", record_views.DealCreatePage.as_view(), name="create"),
    path("<int:pk>/", record_views.DealPage.as_view(), name="detail"),
    path("<int:pk>/edit/", record_views.DealEditPage.as_view(), name="edit"),
    path("<int:pk>/edit/<slug:name>/", record_views.DealFieldPage.as_view(), name="field"),
    path("<int:pk>/delete/", record_views.DealDeletePage.as_view(), name="delete"),
]
urlpatterns = [path("deals/", include((deals + one_deal, "deals")))]
