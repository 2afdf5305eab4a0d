"""The addresses of the pages of tasks, inside an organization."""

from django.urls import include, path

from tasks import views

tasks = [
    path("", views.TaskListPage.as_view(), name="list"),
    path("new/", views.TaskCreatePage.as_view(), name="create"),
    path("panel/", views.TaskPanelPage.as_view(), name="panel"),
    path("next-steps/", views.NextStepsPage.as_view(), name="next_steps"),
    path("<int:pk>/", views.TaskPage.as_view(), name="detail"),
    path("<int:pk>/edit/", views.TaskEditPage.as_view(), name="edit"),
    path("<int:pk>/delete/", views.TaskDeletePage.as_view(), name="delete"),
    path("<int:pk>/done/", views.TaskDonePage.as_view(), name="done"),
    path("<int:pk>/snooze/", views.TaskSnoozePage.as_view(), name="snooze"),
]
urlpatterns = [path("tasks/", include((tasks, "tasks")))]
