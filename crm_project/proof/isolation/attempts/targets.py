"""What there is to ask for: the other's ids and ours, by what a path or a name refers to; and what an attempt is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from contacts.models import Company
from crm_project.proof.isolation.powers import CASES
from crm_project.proof.isolation.routes import Route
from crm_project.proof.isolation.scratch import FIRST_ID, IDS_A_TABLE
from crm_project.proof.isolation.values import filled
from crm_project.proof.isolation.visits import NOBODY, OPERATOR, Ask
from crm_project.proof.isolation.world import Place
from deals.models import Deal
from deals.pipelines import Stage
from organizations.models import Invitation, Membership, Organization, User
from organizations.roles import Role
from organizations.tenancy.models import TenantModel
from organizations.users import BrowserSession, Login

ROLES = tuple(str(role) for role in Role)
EVERYBODY = (*ROLES, NOBODY)
NEVER_ID = str(FIRST_ID + 99 * IDS_A_TABLE + 1)
NEVER_WORD = "Zelkova"  # as long as the other's word, so that nothing else differs
OTHER_NAMES: dict[str, Any] = {  # of references that are no foreign keys of records
    "reassign_to": Membership,
    "move_to": Stage,
    "reached": Stage,
    "more": Stage,
    "moved": Deal,
    "chosen": Deal,
    "program": Login,
    "browser": BrowserSession,
    "organization": Organization,
}


@dataclass(frozen=True)
class Attempt:
    """`ask` makes the request: once with what is theirs, once with what never was and is spelled alike."""

    place: str
    route: str
    who: str
    theirs: str
    never: str
    ask: Callable[[str], Ask]


@dataclass
class Targets:
    """The other's ids, at most so many of each kind, and ours."""

    ours: Place
    theirs: Place
    most: int

    def __post_init__(self) -> None:
        self.ids = {model: ids[: self.most] for model, ids in self.theirs.ids().items()}
        self.own_ids: dict[Any, int] = {model: ids[0] for model, ids in self.ours.ids().items() if ids}
        self.references = _references()
        self.token_hash = Invitation.objects.filter(organization=self.theirs.organization.pk).latest("pk").token_hash
        self.content_type = ContentType.objects.get_for_model(Deal).pk

    def of(self, model: Any) -> list[str]:
        return [str(pk) for pk in self.ids.get(model, ())]

    def named(self, name: str) -> list[str]:
        """What a reference of this name could be; of a name that says nothing, a deal or a company."""
        model = self.references.get(name.removesuffix("_id"))
        return self.of(model) if model else [*self.of(Deal)[:1], *self.of(Company)[:1]]

    def path(self, route: Route, pk: str = "", slug: str = "") -> str:
        """The address of this route in our organization. Raises KeyError for a part that nobody knows to fill in."""
        own = self.own_ids.get(model_of(route), 1)
        values = {
            "organization": slug or self.ours.organization.slug,
            "name": "title",
            "app_label": "deals",
            "url": "nowhere",
            "key": "key",
            "content_type_id": self.content_type,
            **dict.fromkeys(("pk", "deal_id", "object_id", "id", "uidb36"), pk or own),
        }
        return "/" + route.path.format(**values)

    def body(self, verb: str, route: Route, who: str) -> dict[str, Any] | None:
        """What a good request of this operation says."""
        cases = CASES.get(operation(verb, route), ())
        return filled(cases[0].body, self.ours, who) if cases else None


def _references() -> dict[str, Any]:
    """What a name refers to, wherever it stands: in bodies, forms and queries."""
    fields = [
        field
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.fields
        if field.related_model
    ]
    return {**{field.name: field.related_model for field in fields}, **OTHER_NAMES}


def model_of(route: Route) -> type[Model] | None:
    """What the id in this path is of."""
    parts = route.path.split("/")
    if "{deal_id}" in route.path or "{content_type_id}" in route.path:
        return Deal
    if parts[0] == "admin" and len(parts) > 3:
        return apps.all_models[parts[1]].get(parts[2])
    if "{uidb36}" in route.path:
        return User
    if "/passkeys/" in route.path:
        return Authenticator
    found: type[Model] | None = getattr(route.view, "model", None)
    return found


def verbs_of(route: Route) -> tuple[str, ...]:
    """A function does not say which verbs it takes; browsers know two."""
    verbs = route.verbs or ("get", "post")
    return verbs if route.path.startswith("api/") else tuple(verb for verb in verbs if verb in ("get", "post"))


def visitors_of(route: Route) -> tuple[str, ...]:
    """Whom it is worth trying as: the admin lets in nobody who is no operator, whichever their role."""
    return (OPERATOR, ROLES[0]) if route.path.startswith("admin/") else EVERYBODY


def in_turn(number: int) -> str:
    """One role after the other, where names are many."""
    return ROLES[number % len(ROLES)]


def operation(verb: str, route: Route) -> str:
    """Its name in the schema, as in `GET /deals/{id}`."""
    return f"{verb.upper()} /{route.path.removeprefix('api/v1/')}".replace("{pk}", "{id}")


def route_name(verb: str, route: Route) -> str:
    return f"{verb.upper()} /{route.path}"
