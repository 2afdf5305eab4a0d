"""The addresses of this app in the API."""

from rest_framework.routers import SimpleRouter

from tasks.viewsets import TaskViewSet

router = SimpleRouter(trailing_slash=False)
router.register("tasks", TaskViewSet, basename="task")

urlpatterns = router.urls
