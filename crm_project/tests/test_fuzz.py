"""Thousands of odd requests to every operation of the API: each answer is one that the schema foretells.

The requests are made from the schema, the same ones at every run: such as fit it, and such as do not. Where a
request names a record, a secret or an address, most of them get one that exists, so that they come through.
"""

import zlib
from collections import Counter

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework_simplejwt.tokens import RefreshToken
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from crm_project.tests.world import record_of_each
from crm_project.wsgi import application
from deals.pipelines import Stage
from organizations import actions, tokens
from organizations.roles import Role
from organizations.tests.factories import PASSWORD, MembershipFactory

SCHEMA = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
SCHEMA.app = application
OPERATIONS = {result.ok().label: result.ok() for result in SCHEMA.get_all_operations()}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CASES = 3  # of each mode
EDGES = 25  # at most, of those on the edges of the schema


def answers_problems(ctx, response, case):
    """Every refusal is a problem that names its request."""
    if response.status_code < 400:
        return
    problem = response.json()
    assert response.headers["content-type"] == ["application/problem+json"]
    assert [problem["status"]] == [response.status_code]
    assert [problem["request_id"]] == response.headers["x-request-id"]


CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    answers_problems,
]


@pytest.fixture(autouse=True)
def _one_connection():
    """The application under test stays in the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def world(owner):
    """What there is, by the names that requests call it."""
    ids = record_of_each(owner)
    stages = Stage.objects.filter(organization=owner.organization)
    _, token = actions.invite(email="olga@example.com", role=Role.MEMBER, by=MembershipFactory(role=Role.OWNER))
    return {
        **{f"/{resource}": number for resource, number in ids.items()},
        "X-Organization-Id": owner.organization_id,
        "company_id": ids["companies"],
        "contact_id": ids["contacts"],
        "deal_id": ids["deals"],
        "pipeline_id": stages[0].pipeline_id,
        **dict.fromkeys(("owner_id", "assignee_id", "author_id"), owner.user_id),
        "reassign_to": owner.pk,
        "move_to": stages.last().pk,
        "If-Match": "*",
        "confirm": owner.organization.slug,
        "time_zone": "Europe/Berlin",
        "stage": "proposal",
        "position": 1,
        "due_date": owner.organization.today(),
        "type": "comment",
        "payload": {"text": "Called them."},
        **secrets_of(owner, token),
    }


def secrets_of(owner, token):
    return {
        "email": "new@example.com",
        "password": PASSWORD,
        "current_password": PASSWORD,
        "new_password": PASSWORD[::-1],
        "refresh_token": tokens.issue(owner.user)["refresh_token"],
        "token": token,
    }


def in_the_world(values, world):
    """These values, most of them replaced by what there is under their names."""
    if not isinstance(values, dict):
        return values
    return {name: there_is(value, world[name]) if name in world else value for name, value in values.items()}


def there_is(value, real):
    """The real one in the form of this value, most of the time."""
    is_left = zlib.crc32(repr(value).encode(errors="replace")) % 4 == 0
    if is_left or not isinstance(value, (int, float, str, dict)):
        return value
    return str(real) if isinstance(value, str) else real


def by_number(query):
    """Not by cursor too, most of the time: the two together are always refused."""
    is_left = zlib.crc32(repr(query).encode(errors="replace")) % 4 == 0
    return query if is_left else {name: value for name, value in (query or {}).items() if name != "cursor"}


def send(case, world, headers):
    """The answer to this case, its consequences undone."""
    resource = "/" + case.operation.path.removeprefix("/api/v1/").split("/")[0]
    case.path_parameters = in_the_world(case.path_parameters, {**world, "id": world.get(resource)})
    case.headers = in_the_world(dict(case.headers or {}), world)
    case.query, case.body = in_the_world(by_number(case.query), world), in_the_world(case.body, world)
    cache.clear()
    with transaction.atomic():
        response = case.call(headers=headers)
        transaction.set_rollback(True)
    case.validate_response(response, checks=CHECKS, headers=headers)
    return response


def edges(operation):
    """Cases just inside and just outside of what the schema allows, evenly picked."""
    options = SCHEMA.config.generation_for(operation=operation, phase="coverage")
    cases = list(SCHEMA.iter_coverage_cases(operation, generation_modes=list(MODES), generation_config=options))
    return cases[:: 1 + len(cases) // EDGES]


def random_cases(operation, mode, answer):
    steady = settings(
        max_examples=CASES,
        phases=[Phase.generate],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    steady(given(operation.as_strategy(generation_mode=mode))(answer))()


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_one_that_the_schema_foretells(label, owner, world):
    operation, statuses = OPERATIONS[label], Counter()
    headers = {"Authorization": f"Bearer {RefreshToken.for_user(owner.user).access_token}"}
    if label == "POST /api/v1/auth/login":
        world["email"] = owner.user.email

    def answer(case):
        status = send(case, world, headers).status_code
        statuses[status] += case.method.upper() == operation.method.upper()

    for case in edges(operation):
        answer(case)
    for mode in MODES:
        random_cases(operation, mode, answer)

    assert sum(statuses.values()) > CASES
    assert min(status for status, times in statuses.items() if times) < 300
