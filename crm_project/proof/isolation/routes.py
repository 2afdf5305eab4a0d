"""Every address of the project with what answers there, read from the URLconf."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver

VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """`path` as in `api/v1/deals/{pk}`; `verbs` in lower case."""

    path: str
    name: str
    view: Any
    verbs: tuple[str, ...]

    @property
    def has_id(self) -> bool:
        return "{" in self.path

    def at(self, number: int) -> str:
        """The address with this id in every place that takes one."""
        return "/" + re.sub(r"\{\w+\}", str(number), self.path)


def routes(patterns: Any = None, prefix: str = "", namespace: str = "") -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + _readable(str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield Route(path, f"{namespace}{pattern.name}", _view_of(pattern.callback), _verbs_of(pattern.callback))
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, path, inner)


def api_routes() -> list[Route]:
    return [route for route in routes() if route.path.startswith("api/v1/")]


def page_routes() -> list[Route]:
    return [route for route in routes() if route.path.startswith("o/{organization}/")]


def _readable(pattern: str) -> str:
    pattern = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern)
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern).removeprefix("^").removesuffix("$").removesuffix("\\Z")


def _view_of(callback: Any) -> Any:
    return getattr(callback, "cls", None) or getattr(callback, "view_class", None) or callback


def _verbs_of(callback: Any) -> tuple[str, ...]:
    view, actions = _view_of(callback), getattr(callback, "actions", None)
    offered = actions or [verb for verb in VERBS if hasattr(view, verb)]
    allowed = getattr(view, "http_method_names", VERBS)
    return tuple(verb for verb in VERBS if verb in offered and verb in allowed)
