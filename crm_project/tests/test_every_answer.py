"""What every answer carries, whoever gives it: a request id, a content security policy; and which way paths lead."""

import pytest

from organizations.models import Organization
from organizations.tests.factories import PASSWORD

KINDS = {
    "/api/v1/schema": 200,
    "/api/v1/docs": 200,
    "/api/v1/contacts": 401,
    "/api/v1/nothing": 404,
    "/nothing": 404,
    "/admin/login/": 200,
    "/admin/": 302,
    "/static/favicon.svg": 200,
    "/docs": 302,
    "/healthz": 200,
}


@pytest.fixture(params=KINDS)
def answer(request, client, db):
    response = client.get(request.param)
    assert response.status_code == KINDS[request.param]
    return response


def test_policy_lets_only_our_own_code_run(answer):
    rules = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))

    assert (rules["default-src"], rules["script-src"], rules["style-src"]) == ("'self'", "'self'", "'self'")
    assert (rules["object-src"], rules["frame-ancestors"]) == ("'none'", "'none'")


def test_answer_is_not_guessed_at(answer):
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_answer_keeps_to_itself(answer):
    names = ["Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy"]

    assert [answer[name] for name in names] == ["same-origin", "same-origin", "same-origin"]
    assert answer["Permissions-Policy"] == "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def test_cookies_are_for_our_pages_alone(client, owner):
    client.get("/sign-in/")
    client.post("/sign-in/", {"login": owner.user.email, "password": PASSWORD})
    flags = {name: (cookie["httponly"], cookie["samesite"], cookie["path"]) for name, cookie in client.cookies.items()}

    assert flags == {"csrftoken": (True, "Lax", "/"), "sessionid": (True, "Lax", "/")}


def test_answer_names_its_request(answer):
    assert len(answer["X-Request-Id"]) == 32


def test_answer_keeps_the_name_that_the_proxy_gave(client):
    assert client.get("/healthz", headers={"X-Request-Id": "edge-7.a_b"})["X-Request-Id"] == "edge-7.a_b"


def test_two_requests_have_two_names(client):
    assert client.get("/healthz")["X-Request-Id"] != client.get("/healthz")["X-Request-Id"]


def test_short_way_to_the_documentation(client):
    assert client.get("/docs")["Location"] == "/api/v1/docs"


@pytest.mark.parametrize("path", ["contacts", "deals", "members", "organizations/me", "analytics/deals/summary"])
def test_slash_at_the_end_changes_nothing(call, owner, path):
    bare, slashed = call(owner).get(f"/api/v1/{path}"), call(owner).get(f"/api/v1/{path}/")

    assert (slashed.status_code, slashed.json()) == (200, bare.json())


def test_writing_with_a_slash_at_the_end_is_not_redirected(call, owner):
    response = call(owner).post("/api/v1/contacts/", {"name": "Ann"})

    assert response.status_code == 201
    assert response["Location"] == f"http://testserver/api/v1/contacts/{response.json()['id']}"


def test_deleting_with_a_slash_at_the_end_works(call, owner):
    body = {"confirm": owner.organization.slug}

    assert call(owner).delete("/api/v1/organizations/current/", body).status_code == 204
    assert Organization.objects.count() == 0
