"""The API's document, and its page, which refuses as the rest of the API does."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response


class KeptGenerator(SchemaGenerator):
    """The document is the same for everybody: who asks for it first in a language waits until it is written."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:
        asked = translation.get_language()
        return _document(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


@lru_cache(maxsize=len(settings.LANGUAGES))
def _document(language: str) -> dict[str, Any]:
    with translation.override(language):
        document: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return document


class DocumentView(SpectacularJSONAPIView):
    generator_class = KeptGenerator


class DocumentationView(SpectacularSwaggerSplitView):
    http_method_names = ["get", "head"]

    def handle_exception(self, exc: Exception) -> Response:
        """As JSON: what this view renders otherwise are pages."""
        self.request.accepted_renderer = JSONRenderer()  # type: ignore[union-attr]
        self.request.accepted_media_type = JSONRenderer.media_type  # type: ignore[union-attr]
        return super().handle_exception(exc)
