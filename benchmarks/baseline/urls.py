"""The addresses of the baseline."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from benchmarks.baseline.views import DealViewSet

router = DefaultRouter()
router.register("deals", DealViewSet, basename="deal")

urlpatterns = [path("api/", include(router.urls))]
