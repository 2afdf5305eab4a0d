"""An organization under attack: a record of each kind, and everybody who may come, with what they come by."""

from __future__ import annotations

from typing import Any

from django.test import Client
from rest_framework_simplejwt.tokens import RefreshToken

from crm_project.tests.routes import Route, routes
from crm_project.tests.world import record_of_each
from deals.pipelines import Stage
from deals.tests.factories import first_pipeline
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory, OrganizationFactory, UserFactory

WHO = ("owner", "admin", "manager", "member", "stranger", "operator", "nobody")


class World:
    def __init__(self) -> None:
        self.organization = OrganizationFactory()
        first_pipeline(self.organization)
        members = {
            str(role): MembershipFactory(organization=self.organization, role=role, user__name=f"Mr {role}")
            for role in Role
        }
        self.ids = record_of_each(members["owner"])
        users = {name: membership.user for name, membership in members.items()}
        users["stranger"] = MembershipFactory(role=Role.OWNER).user
        users["operator"] = UserFactory(is_staff=True, is_superuser=True)
        stage = Stage.objects.filter(organization=self.organization).last()
        owner = members["owner"]
        self.known: dict[str, Any] = {
            **{f"{name}_id": self.ids[plural] for name, plural in PLURALS.items()},
            **{name: self.ids[plural] for name, plural in PLURALS.items()},
            **dict.fromkeys(("owner_id", "assignee_id", "author_id", "owner", "assignee", "user"), owner.user_id),
            "pipeline_id": stage.pipeline_id,
            "organization": self.organization.pk,
            "stage": stage.slug,
        }
        self.browsers = {name: self._browser(users.get(name)) for name in WHO}
        self.tokens = {name: str(RefreshToken.for_user(user).access_token) for name, user in users.items()}
        self.routes = [route for route in routes() if not route.path.startswith("static/")]

    def _browser(self, user: Any) -> Client:
        client = Client(raise_request_exception=False)
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


PLURALS = {
    "contact": "contacts",
    "company": "companies",
    "deal": "deals",
    "task": "tasks",
    "pipeline": "pipelines",
    "member": "members",
}
