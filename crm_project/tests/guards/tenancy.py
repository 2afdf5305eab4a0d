"""Organizations strictly apart: every route, every model, every neighbor."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from crm_project.tests.routes import Route
from organizations.models import User
from organizations.permissions import IsMember
from organizations.tenancy.models import TenantModel

UNNAMED = re.compile(r"\d{4}_(initial|auto.*|.*_and_more)")


def open_routes(routes: Iterable[Route], public: dict[str, str]) -> list[str]:
    """Routes that are neither a tenant's nor the admin's nor public for a reason, and reasons of nobody."""
    names = {route.name for route in routes if not route.name.startswith("admin:") and not _is_of_tenant(route.view)}
    stale = [f"{name} needs no reason any more" for name in sorted(set(public) - names)]
    return [f"{name} is open without a reason" for name in sorted(names - set(public))] + stale


def _is_of_tenant(view: Any) -> bool:
    """A view of the API that only members enter, or a page of the base views, which see to it."""
    is_page = any(base.__module__ == "organizations.tenancy.views" for base in getattr(view, "__mro__", ()))
    return is_page or IsMember in getattr(view, "permission_classes", ())


def models_without_tenancy(models: Iterable[Any]) -> list[str]:
    """Models with an organization that are no TenantModel."""
    return [
        model._meta.label
        for model in models
        if any(field.name == "organization" for field in model._meta.fields) and not issubclass(model, TenantModel)
    ]


def unguarded_neighbors(models: Iterable[Any]) -> list[str]:
    """Foreign keys of tenant models whose organization the database does not compare."""
    return [
        str(field)
        for model in models
        if issubclass(model, TenantModel)
        for field in model._meta.fields
        if _must_be_neighbor(field) and field.name not in {rule.field for rule in model.neighbor_rules()}
    ]


def _must_be_neighbor(field: Any) -> bool:
    other = field.related_model
    if other is None:
        return False
    return issubclass(other, TenantModel) or (other is User and field.name in ("owner", "assignee"))


def leaking_routes(routes: Iterable[Route], number: Callable[[Route], int], client: Any, expected: int) -> list[str]:
    """What this client can reach of a record that it should not see."""
    answers = [
        (f"{verb.upper()} {route.path}", getattr(client, verb)(route.at(number(route)), {}).status_code)
        for route in routes
        if route.has_id
        for verb in route.verbs
    ]
    return [f"{name} answers {status}" for name, status in answers if status != expected]


def leaking_pages(
    routes: Iterable[Route], place: str, number: Callable[[Route], int], client: Any, expected: int
) -> list[str]:
    """What this client can reach of an organization, or of its records, that it should not see."""
    answers = [
        (f"{verb.upper()} {route.path}", getattr(client, verb)(page_at(route, place, number)).status_code)
        for route in routes
        for verb in route.verbs
        if verb in ("get", "post")
    ]
    return [f"{name} answers {status}" for name, status in answers if status != expected]


def page_at(route: Route, place: str, number: Callable[[Route], int]) -> str:
    path = "/" + route.path.replace("{organization}", place).replace("{name}", "name")
    return path.replace("{pk}", str(number(route))) if "{pk}" in path else path


def unnamed_migrations(names: Iterable[str]) -> list[str]:
    return [name for name in names if UNNAMED.fullmatch(name)]


def irreversible_migrations(migrations: Iterable[Any]) -> list[str]:
    return [str(migration) for migration in migrations if not all(step.reversible for step in migration.operations)]
