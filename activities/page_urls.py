"""The addresses of the timeline, inside an organization."""

from django.urls import include, path

from activities import views

timeline = [
    path("", views.TimelinePage.as_view(), name="panel"),
    path("comment/", views.CommentPage.as_view(), name="comment"),
]
urlpatterns = [path("timeline/", include((timeline, "timeline")))]
