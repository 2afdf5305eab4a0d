"""How hostile requests are made: at every address with odd values everywhere, and by the schema of the API."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from drf_spectacular.generators import SchemaGenerator

from crm_project.proof.hostile import values
from crm_project.proof.hostile.world import WHO, World

FIELDS = """
name title email phone job_title company contact owner deal assignee stage status amount currency due_date
lost_reason description expected_close_date external_id role emails password login code next q search sort
cursor page type text theme seen_version is_done slug base_currency time_zone confirm locale action
_selected_action organization user rate valid_from term app_label model_name field_name o p created_at__year
owner__id__exact position is_default move_to contact_id company_id deal_id before pipeline_id more moved days
current_password new_password browser program
""".split()  # noqa: SIM905
METHODS = ("get", "get", "post", "post", "post", "patch", "delete", "put", "head", "options", "trace", "brew")


@dataclass
class Sent:
    who: str
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = b""  # a dictionary is sent as a form
    content_type: str = "application/json"


def hostile(random: Random, world: World) -> Sent:
    """At any address of the project, whatever."""
    route = random.choice(world.routes)
    who, method = random.choice(WHO), random.choice(METHODS)
    path = "/" + re.sub(r"\{(\w+)\}", lambda found: _part(random, world, route.path, found[1]), route.path)
    if random.random() < 0.5:
        path += "?" + _query(random, world)
    if world.is_api(route):
        body, content_type = _api_body(random, world)
        return Sent(who, method, path, _headers(random, world, who), body, content_type)
    if random.random() < 0.1:
        return Sent(
            who, method, path, _headers(random, world, who), random.choice(values.BODIES), random.choice(values.TYPES)
        )
    form = {name: _value(random, world, name) for name in random.sample(FIELDS, random.randint(0, 12))}
    return Sent(who, method, path, {"HX-Request": "true"} if random.random() < 0.3 else {}, form)


def _part(random: Random, world: World, path: str, name: str) -> str:
    if random.random() < 0.3:
        return quote(values.odd_text(random)[:300], safe="")
    return world.organization.slug if name == "organization" else str(world.id_for(path))


def _value(random: Random, world: World, name: str) -> str:
    if name in world.known and random.random() < 0.6:
        return str(world.known[name])
    return values.odd_text(random)


def _query(random: Random, world: World) -> str:
    names = [random.choice(FIELDS) if random.random() < 0.9 else values.odd_text(random)[:50] for _ in range(3)]
    return urlencode([(name, _value(random, world, name)[:2000]) for name in names], errors="replace")


def _headers(random: Random, world: World, who: str) -> dict[str, str]:
    headers = world.headers(who)
    if random.random() < 0.4:
        names = [
            "Authorization",
            "X-Organization-Id",
            "Idempotency-Key",
            "If-Match",
            "If-None-Match",
            "Accept",
            "Cookie",
        ]
        names += ["X-Request-Id", "X-Forwarded-For", "Accept-Language", "User-Agent", "Host", "Origin", "Range"]
        headers[random.choice(names)] = values.odd_text(random)[:3000].encode("latin-1", "replace").decode("latin-1")
    return headers


def _api_body(random: Random, world: World) -> tuple[bytes, str]:
    if random.random() < 0.3:
        return random.choice(values.BODIES), random.choice(values.TYPES)
    names = random.sample(FIELDS, random.randint(0, 6))
    body = {name: world.known.get(name, "a") if random.random() < 0.5 else values.odd(random) for name in names}
    return json.dumps(body).encode(), "application/json"


class BySchema:
    """At each operation of the API what its schema asks for, most of the time."""

    def __init__(self) -> None:
        document: dict[str, Any] = SchemaGenerator().get_schema(public=True)
        self.schemas = document["components"]["schemas"]
        self.operations = [
            (method, path, operation)
            for path, operations in sorted(document["paths"].items())
            for method, operation in sorted(operations.items())
        ]

    def __call__(self, random: Random, world: World) -> Sent:
        method, path, operation = random.choice(self.operations)
        who = random.choice(("owner", "owner", "owner", *WHO))
        parameters = [one for one in operation.get("parameters", ()) if one.get("required") or random.random() < 0.3]
        made = {(one["in"], one["name"]): self._parameter(random, world, one) for one in parameters}
        number = str(world.id_for(path))
        place = re.sub(
            r"\{\w+\}", lambda _: number if random.random() < 0.9 else quote(values.odd_text(random)[:99], ""), path
        )
        query = urlencode(
            [(name, value) for (where, name), value in made.items() if where == "query"], errors="replace"
        )
        body = self._body(random, world, operation)
        return Sent(who, method, f"{place}?{query}" if query else place, world.headers(who), body)

    def _parameter(self, random: Random, world: World, parameter: dict[str, Any]) -> str:
        if parameter["name"] in world.known and random.random() < 0.8:
            return str(world.known[parameter["name"]])
        value = values.fitting(parameter.get("schema", {}), self.schemas, random)
        return value if isinstance(value, str) else json.dumps(value)

    def _body(self, random: Random, world: World, operation: dict[str, Any]) -> bytes:
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return b""
        body = values.fitting(content["schema"], self.schemas, random)
        if isinstance(body, dict):
            body = {
                name: world.known[name] if name in world.known and random.random() < 0.8 else body[name]
                for name in body
            }
        return json.dumps(body).encode()
