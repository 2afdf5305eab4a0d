"""Every address."""

from django.contrib import admin
from django.urls import include, path

from crm_project import health, views

urlpatterns = [
    path("api/v1/", include("crm_project.api_v1")),
    path("", views.home, name="home"),
    path("", include("organizations.page_urls")),
    path("o/<slug:organization>/", include("crm_project.pages")),
    path("docs", health.docs, name="docs-redirect"),
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("admin/", admin.site.urls),
]

handler400 = "crm_project.errors.bad_request"
handler404 = "crm_project.errors.not_found"
handler500 = "crm_project.errors.server_error"
