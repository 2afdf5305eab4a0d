"""The addresses of this app in the API."""

from rest_framework.routers import SimpleRouter

from activities.viewsets import ActivityViewSet, DealActivityViewSet

router = SimpleRouter(trailing_slash=False)
router.register("activities", ActivityViewSet, basename="activity")
router.register("deals/(?P<deal_id>[^/]+)/activities", DealActivityViewSet, basename="deal-activity")

urlpatterns = router.urls
