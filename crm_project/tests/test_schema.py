"""The OpenAPI document says all that the API does, exactly."""

import re

import pytest
from django.core.management import call_command
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from crm_project import documentation
from crm_project.tests.routes import api_routes

NOT_DESCRIBED = {"schema", "docs"}  # the document itself, and its page for people


@pytest.fixture(scope="module")
def document():
    return APIClient().get("/api/v1/schema", headers={"accept": "application/json"}).json()


@pytest.fixture(scope="module")
def operations(document):
    return {
        f"{verb.upper()} {path}": operation
        for path, verbs in document["paths"].items()
        for verb, operation in verbs.items()
    }


def parameters(operation, place):
    return {found["name"]: found["schema"] for found in operation.get("parameters", []) if found["in"] == place}


def properties(document):
    for name, component in document["components"]["schemas"].items():
        for property_name, schema in component.get("properties", {}).items():
            yield name, property_name, schema


def without_names(path):
    """This path with its parameters nameless: routers and the document name them differently."""
    return re.sub(r"\{\w+\}", "{}", path)


def test_schema_is_valid_and_without_warnings(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yaml"))


@pytest.mark.parametrize("path", ["/api/v1/schema", "/api/v1/schema/"])
def test_schema_is_public_json_of_openapi_3_1(path):
    response = APIClient().get(path, headers={"accept": "application/json"})

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response.json()["openapi"] == "3.1.0"


def test_schema_is_written_once_in_each_language(monkeypatch):
    written = []
    parse = SchemaGenerator.parse
    monkeypatch.setattr(SchemaGenerator, "parse", lambda *given: written.append(get_language()) or parse(*given))
    documentation._document.cache_clear()

    languages = ["en", "ru", "ru", "en"]
    answers = [APIClient().get("/api/v1/schema", headers={"accept-language": name}) for name in languages]

    APIClient().get("/api/v1/schema?lang=aa")
    assert written == ["en", "ru"]
    assert [answer["Content-Language"] for answer in answers] == languages
    assert answers[0].content == answers[3].content
    assert answers[1].content == answers[2].content != answers[0].content


def test_every_route_is_described_and_nothing_else(operations):
    offered = {
        f"{verb.upper()} /{without_names(route.path)}"
        for route in api_routes()
        for verb in route.verbs
        if route.name not in NOT_DESCRIBED
    }

    assert {without_names(name) for name in operations} == offered


def test_operation_ids_are_unique(operations):
    ids = [operation["operationId"] for operation in operations.values()]

    assert len(ids) == len(set(ids))


def test_each_operation_has_one_success(operations):
    successes = {name: [code for code in op["responses"] if code < "300"] for name, op in operations.items()}

    assert {name: codes for name, codes in successes.items() if len(codes) != 1} == {}


def test_each_operation_says_how_it_refuses(operations):
    for name, operation in operations.items():
        refusals = {code for code in operation["responses"] if code >= "400"} - {"429"}
        expected = {"400", "401", "406"}
        expected |= {"403"} if "X-Organization-Id" in parameters(operation, "header") else set()
        expected |= {"404"} if "{" in name else set()
        expected |= {"409"} if not name.startswith("GET") else set()
        expected |= {"412"} if "If-Match" in parameters(operation, "header") else set()
        expected |= {"413", "415"} if "requestBody" in operation else set()
        expected |= {"422"} if "Idempotency-Key" in parameters(operation, "header") else set()
        assert (name, refusals) == (name, expected)


def test_every_refusal_is_a_problem(operations):
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = [
        (name, code, answer.get("content"))
        for name, operation in operations.items()
        for code, answer in operation["responses"].items()
        if code >= "400"
    ]

    assert [(name, code) for name, code, content in answers if content != problem] == []


def test_answers_without_a_body_have_no_content(operations):
    for operation in operations.values():
        for code in {"204", "304"} & set(operation["responses"]):
            assert "content" not in operation["responses"][code]


def test_organization_is_named_wherever_the_contract_says(operations):
    without = {name for name, op in operations.items() if "X-Organization-Id" not in parameters(op, "header")}

    assert without == {
        "POST /api/v1/auth/register",
        "POST /api/v1/auth/login",
        "POST /api/v1/auth/refresh",
        "POST /api/v1/auth/logout",
        "GET /api/v1/users/me",
        "PATCH /api/v1/users/me",
        "POST /api/v1/users/me/password",
        "GET /api/v1/organizations",
        "POST /api/v1/organizations",
        "GET /api/v1/organizations/me",
        "POST /api/v1/invitations/accept",
    }


def test_deals_say_their_versions(operations):
    headers = {
        verb: (
            set(parameters(operations[f"{verb} {path}"], "header")) - {"X-Organization-Id"},
            set(operations[f"{verb} {path}"]["responses"][code]["headers"]) - {"X-Request-Id"},
        )
        for verb, path, code in [
            ("POST", "/api/v1/deals", "201"),
            ("GET", "/api/v1/deals/{id}", "200"),
            ("PATCH", "/api/v1/deals/{id}", "200"),
            ("DELETE", "/api/v1/deals/{id}", "204"),
        ]
    }

    assert headers == {
        "POST": ({"Idempotency-Key"}, {"ETag", "Idempotent-Replayed", "Location"}),
        "GET": ({"If-None-Match"}, {"ETag"}),
        "PATCH": ({"If-Match"}, {"ETag"}),
        "DELETE": ({"If-Match"}, set()),
    }


def test_query_parameters_are_those_that_the_views_know(operations):
    described = {without_names(name): set(parameters(op, "query")) for name, op in operations.items()}
    for route in api_routes():
        for verb in route.verbs if route.name not in NOT_DESCRIBED else ():
            view = route.view()
            view.action = {"get": "retrieve" if route.path.endswith("{pk}") else "list", "delete": "destroy"}.get(verb)
            name = f"{verb.upper()} /{without_names(route.path)}"
            assert (name, described[name]) == (name, set(view.known_parameters()))


def test_every_id_is_a_positive_integer(document, operations):
    found = [(f"{owner}.{name}", schema) for owner, name, schema in properties(document)]
    found += [
        (f"{operation} {name}", schema)
        for operation, described in operations.items()
        for place in ("path", "query", "header")
        for name, schema in parameters(described, place).items()
    ]
    ids = [(name, schema) for name, schema in found if re.search(r"[. _-](id|Id|to)$|[ .]id$", name)]
    ids = [(name, schema) for name, schema in ids if not name.endswith(("external_id", "request_id", "X-Request-Id"))]

    assert len(ids) > 60
    assert [name for name, schema in ids if (schema.get("minimum"), schema.get("maximum")) != (1, 2**63 - 1)] == []


def test_money_is_answered_as_text_and_taken_as_text_or_number(document):
    components = document["components"]["schemas"]

    assert components["Deal"]["properties"]["amount"] == {"type": "string", "pattern": r"^\d{1,16}\.\d{2}$"}
    assert components["DealRequest"]["properties"]["amount"] == {
        "anyOf": [
            {"type": "string", "pattern": r"^\d{1,16}(\.\d{1,2})?$"},
            {"type": "number", "minimum": 0, "maximum": 9_999_999_999_999_999},
        ]
    }


def test_bodies_take_no_read_only_field_and_nothing_unknown(document):
    requests = {name: c for name, c in document["components"]["schemas"].items() if name.endswith("Request")}
    read_only = [name for name, _, schema in properties(document) if name in requests and schema.get("readOnly")]

    assert read_only == []
    assert [name for name, component in requests.items() if component.get("additionalProperties") is not False] == []


def test_records_are_answered_with_all_their_fields(document):
    deal = document["components"]["schemas"]["Deal"]

    assert deal["required"] == sorted(deal["properties"])


def test_a_page_by_cursor_has_no_count(document):
    page = document["components"]["schemas"]["PaginatedDealList"]

    assert page["required"] == ["next", "previous", "results"]


def test_text_that_people_write_is_of_limited_length(document):
    unlimited = {
        f"{owner}.{name}"
        for owner, name, schema in properties(document)
        if owner.endswith("Request") and "string" in schema.get("type", "") and "maxLength" not in schema
    }

    assert {name for name in unlimited if not name.endswith(("_date", "_from"))} == set()


def test_no_operation_tells_what_is_meant_for_programmers(operations):
    words = {operation.get("description", "") for operation in operations.values()}

    assert words == {"", "The caller's organizations, wherever they stand."}


def test_docs_page_needs_nobody_else_and_no_inline_script():
    page = APIClient().get("/api/v1/docs").content.decode()

    assert re.findall(r'(?:src|href)="(https?:|//)', page) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []


def test_parameters_that_may_be_repeated_are_lists(operations):
    lists = {
        without_names(name): {name for name, schema in parameters(op, "query").items() if schema.get("type") == "array"}
        for name, op in operations.items()
    }
    repeatable = {
        f"GET /{without_names(route.path)}": set(route.view.repeatable_parameters)
        for route in api_routes()
        if "get" in route.verbs and not route.has_id and route.name not in NOT_DESCRIBED
    }

    assert {name: names for name, names in lists.items() if names} == {
        name: names for name, names in repeatable.items() if names
    }


@pytest.mark.parametrize("key", ["", "a b", "k" * 256, "order-7", "k" * 255])
def test_a_key_has_the_form_that_is_taken(call, owner, operations, key):
    pattern = parameters(operations["POST /api/v1/companies"], "header")["Idempotency-Key"]["pattern"]

    answer = call(owner).post("/api/v1/companies", {"name": "Nordwind"}, headers={"Idempotency-Key": key})

    assert (answer.status_code == 201) is bool(re.match(pattern, key))
