"""What nobody should send: each is refused as a problem that names its request, and nothing falls over."""

import json

import pytest
from rest_framework.test import APIClient

from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from contacts.viewsets import ContactViewSet
from deals.tests.factories import DealFactory

CONTACTS = "/api/v1/contacts"


@pytest.fixture
def client(call, owner):
    client = call(owner)
    client.raise_request_exception = False
    return client


def refusal(response):
    """Status and code of a problem, after a look at what all problems have."""
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert problem["request_id"] == response["X-Request-Id"]
    assert problem["status"] == response.status_code
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(problem)
    return response.status_code, problem["code"]


def send(client, body, content_type="application/json"):
    return client.generic("POST", CONTACTS, body, content_type=content_type)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"name": ', "json_invalid"),
        ('{"name": "a",}', "json_invalid"),
        ("{'name': 'a'}", "json_invalid"),
        ('{"name": NaN}', "json_invalid"),
        ('{"name": Infinity}', "json_invalid"),
        ('{"name": -Infinity}', "json_invalid"),
        ('{"name": "a", "name": "b"}', "json_invalid"),
        ('{"name": "\\ud800"}', "json_invalid"),
        ('{"\\udfff": "a"}', "json_invalid"),
        ('{"name": ' + "9" * 5000 + "}", "json_invalid"),
        (b'{"name": "\xff"}', "json_invalid"),
        (b'\xef\xbb\xbf{"name": "a"}', "json_invalid"),
        ('{"name": "a"}'.encode("utf-16"), "json_invalid"),
        ('{"name": ' + "[" * 20 + "1" + "]" * 20 + "}", "json_too_deep"),
        ('{"name": ' + "[" * 19 + "1" + "]" * 19 + "}", "invalid"),
        ("[" * 50_000 + "]" * 50_000, "json_too_deep"),
        ('{"name":' * 50_000 + "1" + "}" * 50_000, "json_too_deep"),
        ('{"name": "a\\u0000"}', "invalid"),
        ('{"\\u0000": "a"}', "unknown_field"),
        ("[]", "invalid"),
        ("null", "invalid"),
        ('"text"', "invalid"),
        ("", "invalid"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_broken_body_is_refused(client, body, code):
    assert refusal(send(client, body)) == (400, code)
    assert Contact.objects.count() == 0


def test_refusals_of_json_do_not_speak_python(client):
    detail = send(client, '{"name": ' + "9" * 5000 + "}").json()["detail"]

    assert detail == "This is not JSON: a number has too many digits."


def test_body_of_three_megabytes_is_too_large(client):
    assert refusal(send(client, json.dumps({"name": "a" * 3_000_000}))) == (413, "body_too_large")


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "x"],
)
def test_body_of_another_type_is_refused(client, content_type):
    assert refusal(send(client, "name=a", content_type)) == (415, "unsupported_media_type")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense;;q=x"])
def test_answer_of_another_type_is_refused(client, accept):
    assert refusal(client.get(CONTACTS, headers={"Accept": accept})) == (406, "not_acceptable")


@pytest.mark.parametrize("path", ["/api/v1/docs", "/api/v1/schema"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "BREW"])
def test_documentation_is_only_read(client, path, method):
    assert refusal(client.generic(method, path)) == (405, "method_not_allowed")


@pytest.mark.parametrize("method", ["PUT", "TRACE", "BREW"])
def test_unknown_method_is_refused(client, method):
    assert refusal(client.generic(method, f"{CONTACTS}/1")) == (405, "method_not_allowed")


def test_key_of_a_request_that_is_not_taken_changes_nothing(client):
    response = client.post("/api/v1/activities", {}, headers={"Idempotency-Key": "0123456789abcdef"})

    assert refusal(response) == (405, "method_not_allowed")


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/deals", "/api/v1/nothing", "/api//v1/deals"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_path_is_a_problem(client, method, path):
    assert refusal(getattr(client, method)(path)) == (404, "not_found")


@pytest.mark.parametrize("pk", ["0", "-1", "+1", "01", "1.0", "abc", "٣", "%00", "%ff", str(2**63), "9" * 400])
def test_what_is_no_id_is_not_found(client, pk):
    answers = [getattr(client, verb)(f"{CONTACTS}/{pk}") for verb in ("get", "patch", "delete")]
    answers += [client.get(f"/api/v1/deals/{pk}/activities"), client.post(f"/api/v1/deals/{pk}/activities", {})]

    assert [refusal(answer) for answer in answers] == [(404, "not_found")] * 5


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=1.5",
        "page=%00",
        "page=٣",
        "page=10000000000",
        "page_size=101",
        "page_size=" + "9" * 500,
        "cursor=x",
        "cursor=%00",
        "cursor=W10",
        "cursor=&page=1",
        "search=%00",
        "search=" + "x" * 201,
        "external_id=%00",
        f"owner_id={2**63}",
        "owner_id=x",
        "owner_id=%00",
        "order=up",
        "order_by=owner",
        "%00=1",
        "=",
        "a[]=1",
        "b=" * 500,
        "page=1&page=2",
        "order=asc&order=desc",
    ],
)
def test_odd_query_is_refused(client, query):
    assert refusal(client.get(f"{CONTACTS}?{query}"))[0] == 400


@pytest.mark.parametrize(
    "query",
    [
        "status=bad",
        "stage=%00",
        "min_amount=NaN",
        "min_amount=1e400",
        "max_amount=-1",
        "min_amount=Infinity",
        "created_after=%00",
        "created_after=9999-99-99",
        "created_before=yesterday",
        f"contact_id={2**63}",
    ],
)
def test_odd_query_of_deals_is_refused(client, query):
    assert refusal(client.get(f"/api/v1/deals?{query}"))[0] == 400


@pytest.mark.parametrize("query", ["page=1000000", "created_after=0001-01-01", "created_before=9999-12-31"])
def test_query_at_the_end_of_the_world_finds_what_there_is(client, owner, query):
    DealFactory(by=owner)

    response = client.get(f"/api/v1/deals?{query}")

    assert (response.status_code, response.json()["count"]) == (200, 1)


@pytest.mark.parametrize("header", ["", "0", "-1", "01", "1,1", "x", "x" * 70_000, str(2**63)])
def test_odd_organization_is_refused(client, header):
    client.credentials(HTTP_AUTHORIZATION=client._credentials["HTTP_AUTHORIZATION"], HTTP_X_ORGANIZATION_ID=header)

    assert refusal(client.get(CONTACTS)) == (400, "organization_invalid")


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer a.b.c", "Bearer \xe9", "Bearer \x00", "Basic eA==", "x" * 70_000]
)
def test_odd_authorization_is_nobody(header):
    response = APIClient().get(CONTACTS, headers={"Authorization": header})

    assert refusal(response)[0] == 401
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["x" * 70_000, "a\nb", "\xff", "<script>", ""])
def test_odd_request_id_is_replaced(client, header):
    response = client.get("/api/v1/nothing", headers={"X-Request-Id": header})

    refusal(response)
    assert response["X-Request-Id"].isalnum()
    assert len(response["X-Request-Id"]) == 32


def test_if_match_that_is_no_etag_of_ours_is_stale(client, owner):
    contact = ContactFactory(by=owner)

    for tag in ("x" * 70_000, '"99999999999999999999"', 'W/"1"', "\xff"):
        response = client.patch(f"{CONTACTS}/{contact.pk}", {"name": "A"}, headers={"If-Match": tag})
        assert refusal(response) == (412, "stale_version")


def test_unknown_host_is_a_problem(client):
    assert refusal(client.get(CONTACTS, headers={"Host": "evil.example"})) == (400, "bad_request")


@pytest.mark.parametrize("path", ["/api/v1/contacts", "/api/v1/contacts/1"])
def test_our_own_mistake_is_a_problem_without_its_traceback(client, monkeypatch, path):
    def fail(*args):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(ContactViewSet, "initial", fail)

    response = client.get(path)

    assert refusal(response) == (500, "server_error")
    assert "secret" not in response.content.decode()
    assert "Traceback" not in response.content.decode()


def test_a_parameter_is_written_once_unless_several_are_meant(client):
    twice = client.get(f"{CONTACTS}?page=1&page=2")
    several = client.get("/api/v1/deals?status=new&status=won&stage=proposal&stage=closed")

    assert [(error["pointer"], error["code"]) for error in twice.json()["errors"]] == [("/page", "repeated")]
    assert several.status_code == 200
