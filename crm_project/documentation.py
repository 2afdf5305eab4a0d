"""The page of the API's documentation, which refuses as the rest of the API does."""

from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response


class DocumentationView(SpectacularSwaggerSplitView):
    http_method_names = ["get", "head"]

    def handle_exception(self, exc: Exception) -> Response:
        """As JSON: what this view renders otherwise are pages."""
        self.request.accepted_renderer = JSONRenderer()  # type: ignore[union-attr]
        self.request.accepted_media_type = JSONRenderer.media_type  # type: ignore[union-attr]
        return super().handle_exception(exc)
