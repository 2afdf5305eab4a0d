"""The addresses of this app in the API."""

from rest_framework.routers import SimpleRouter

from deals.viewsets import DealViewSet, PipelineViewSet, StageViewSet

router = SimpleRouter(trailing_slash=False)
router.register("deals", DealViewSet, basename="deal")
router.register("pipelines", PipelineViewSet, basename="pipeline")
router.register("stages", StageViewSet, basename="stage")

urlpatterns = router.urls
