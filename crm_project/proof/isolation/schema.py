"""What the OpenAPI schema says of each operation: the members of its body, its parameters."""

from __future__ import annotations

from typing import Any

from drf_spectacular.generators import SchemaGenerator

PREFIX = "/api/v1"


class Schema:
    def __init__(self) -> None:
        self._whole: dict[str, Any] = SchemaGenerator().get_schema(public=True)
        self.operations: dict[str, dict[str, Any]] = {
            f"{verb.upper()} {path.removeprefix(PREFIX)}": described
            for path, verbs in self._whole["paths"].items()
            for verb, described in verbs.items()
        }

    def members(self, operation: str) -> dict[str, Any]:
        """The members of its body, by name."""
        content = self.operations.get(operation, {}).get("requestBody", {}).get("content", {})
        members: dict[str, Any] = {}
        for media in content.values():
            members |= self._resolved(media["schema"]).get("properties", {})
        return members

    def parameters(self, operation: str, where: str = "query") -> list[str]:
        found = self.operations.get(operation, {}).get("parameters", [])
        return [parameter["name"] for parameter in found if parameter["in"] == where]

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        name = schema.get("$ref", "").rpartition("/")[2]
        found: dict[str, Any] = self._whole["components"]["schemas"][name] if name else schema
        return found
