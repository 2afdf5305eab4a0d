"""Alive and ready, for whatever watches the process; and the short way to the documentation."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from analytics.cache import DOWN


@login_not_required
def docs(request: HttpRequest) -> HttpResponse:
    return redirect("docs")


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """503 while the database does not answer or lacks migrations; a missing cache only slows us."""
    state = {**_database_state(), "cache": _cache_state()}
    is_ready = state["database"] == state["migrations"] == "ok"
    return JsonResponse({"status": "ok" if is_ready else "not ready", **state}, status=200 if is_ready else 503)


def _database_state() -> dict[str, Any]:
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return {"database": "does not answer", "migrations": "unknown"}
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return {"database": "ok", "migrations": f"{len(pending)} pending" if pending else "ok"}


def _cache_state() -> str:
    try:
        cache.set("ready", "ok", timeout=10)
        return "ok" if cache.get("ready") == "ok" else "does not keep"
    except DOWN:
        return "does not answer"
