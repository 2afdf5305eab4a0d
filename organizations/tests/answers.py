"""What an answer of the API says, in short, so that tests compare it exactly."""

from rest_framework.test import APIClient


def refusal(response):
    """The status and the code of a problem; for invalid input the status and (pointer, code) of every error."""
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    if "errors" in problem:
        return response.status_code, sorted((error["pointer"], error["code"]) for error in problem["errors"])
    return response.status_code, problem["code"]


def post(path, body, **headers):
    """Somebody whom nobody knows sends this."""
    return APIClient().post(f"/api/v1{path}", body, headers=headers)
