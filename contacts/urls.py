"""The addresses of this app in the API."""

from rest_framework.routers import SimpleRouter

from contacts.viewsets import CompanyViewSet, ContactViewSet

router = SimpleRouter(trailing_slash=False)
router.register("contacts", ContactViewSet, basename="contact")
router.register("companies", CompanyViewSet, basename="company")

urlpatterns = router.urls
