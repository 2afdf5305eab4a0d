"""A body beyond the limit is refused by its length, before any of it is read, at every door."""

import pytest
from django.test import Client


class Unread:
    """A body that must not be read."""

    def read(self, *_):
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("path", ["/api/v1/auth/login", "/accounts/login/"])
def test_a_giant_body_is_refused_unread(client, path):
    giant = {"CONTENT_LENGTH": "1000001", "CONTENT_TYPE": "application/json", "wsgi.input": Unread()}

    answer = client.request(REQUEST_METHOD="POST", PATH_INFO=path, **giant)

    assert (answer.status_code, answer["Connection"]) == (413, "close")
    assert answer.json()["code"] == "body_too_large"


def test_the_largest_body_is_read(db):
    body = b'{"email": "' + b"a" * (1_000_000 - 13) + b'"}'

    answer = Client().post("/api/v1/auth/login", body, content_type="application/json")

    assert (len(body), answer.status_code) == (1_000_000, 400)
