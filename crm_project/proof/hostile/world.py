"""An organization under attack: a record of each kind, and everybody who may come, with what they come by."""

from __future__ import annotations

from typing import Any

from rest_framework_simplejwt.tokens import RefreshToken

from crm_project.proof.isolation import world
from crm_project.proof.isolation.caller import Caller
from crm_project.proof.isolation.routes import Route, routes
from organizations.models import User
from organizations.roles import Role

WHO = ("owner", "admin", "manager", "member", "stranger", "operator", "nobody")


class World:
    def __init__(self) -> None:
        place, elsewhere = world.build("Alderly"), world.build("Birches")
        self.organization = place.organization
        self.ids = _records(place)
        users = {str(role): place.members[role].user for role in Role}
        users["stranger"] = elsewhere.owner.user
        users["operator"] = User.objects.create_superuser("operator@alderly.example", "operator", name="Operator")
        stage = place.records["owner"]["stage"]
        self.known: dict[str, Any] = {
            **{f"{name}_id": self.ids[plural] for name, plural in PLURALS.items()},
            **{name: self.ids[plural] for name, plural in PLURALS.items()},
            **dict.fromkeys(("owner_id", "assignee_id", "author_id", "owner", "assignee", "user"), users["owner"].pk),
            "pipeline_id": stage.pipeline_id,
            "organization": self.organization.pk,
            "stage": stage.slug,
        }
        self.browsers = {name: self._browser(users.get(name)) for name in WHO}
        self.tokens = {name: str(RefreshToken.for_user(user).access_token) for name, user in users.items()}
        self.routes = [route for route in routes() if not route.path.startswith("static/")]

    def _browser(self, user: Any) -> Caller:
        client = Caller()
        if user:
            client.force_login(user)
        return client

    def headers(self, who: str) -> dict[str, str]:
        """By which a program of this person calls the API."""
        token = {"Authorization": f"Bearer {self.tokens[who]}"} if who in self.tokens else {}
        return {**token, "X-Organization-Id": str(self.organization.pk)}

    def id_for(self, path: str) -> int:
        parts = path.removeprefix("api/v1/").removeprefix("o/{organization}/").removeprefix("/api/v1/").split("/")
        return self.ids.get(parts[0], 1)

    def is_api(self, route: Route) -> bool:
        return route.path.startswith("api/v1/")


def _records(place: world.Place) -> dict[str, int]:
    """The id of a record by the first part of its path in the API; none of them is needed by another."""
    kept = place.records["owner"]
    ids = {plural: kept[name].pk for name, plural in PLURALS.items() if name in kept}
    ids |= {"contacts": kept["free"].pk, "companies": kept["free_company"].pk, "activities": kept["activity"].pk}
    ids |= {"stages": kept["stage"].pk, "invitations": kept["invitation"].pk, "exchange-rates": kept["rate"].pk}
    ids |= {"members": place.members[world.COLLEAGUE].pk, "settings": place.passkey.pk}
    return {**ids, "rates": ids["exchange-rates"]}  # what pages call them


PLURALS = {
    "contact": "contacts",
    "company": "companies",
    "deal": "deals",
    "task": "tasks",
    "pipeline": "pipelines",
    "member": "members",
}
