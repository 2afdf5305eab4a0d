"""A team's way through the API, from registering to the funnel, by HTTP alone."""

import re

import pytest
from rest_framework.test import APIClient

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


class Program:
    """A program with tokens and an organization, as a customer would write it."""

    def __init__(self, tokens, organization_id):
        self.client = APIClient()
        self.headers = {
            "Authorization": f"Bearer {tokens['access_token']}",
            "X-Organization-Id": str(organization_id),
        }

    def __call__(self, method, path, body=None, status=200):
        response = getattr(self.client, method)(f"/api/v1{path}", body, format="json", headers=self.headers)
        assert response.status_code == status, response.content
        return response.json() if response.content else None


def register(name, organization_name):
    answer = APIClient().post(
        "/api/v1/auth/register",
        {
            "email": f"{name.lower()}@example.com",
            "password": PASSWORD,
            "name": name,
            "organization_name": organization_name,
        },
    )
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_a_team_wins_its_first_deal(mailoutbox, django_capture_on_commit_callbacks):
    registered = register("Olga", "Nordlicht Energie")
    organization_id = registered["organization"]["id"]
    olga = Program(registered, organization_id)

    with django_capture_on_commit_callbacks(execute=True):
        invitation = olga("post", "/invitations", {"email": "max@example.com", "role": "member"}, 201)
    assert invitation["accept_url"] in mailoutbox[0].body
    token = re.search(r"token=(.+)", invitation["accept_url"])[1]
    accepted = APIClient().post("/api/v1/invitations/accept", {"token": token, "name": "Max", "password": PASSWORD})
    assert accepted.status_code == 200
    tokens = APIClient().post("/api/v1/auth/login", {"email": "MAX@example.com", "password": PASSWORD}).json()
    max_ = Program(tokens, organization_id)

    contact = max_("post", "/contacts", {"name": "Анна Карг", "email": "anna@karg.example"}, 201)
    deal = max_("post", "/deals", {"contact_id": contact["id"], "title": "Solar roof"}, 201)
    assert (deal["status"], deal["stage"], deal["amount"], deal["currency"]) == ("new", "qualification", "0.00", "EUR")
    task = max_("post", "/tasks", {"deal_id": deal["id"], "title": "Call Anna"}, 201)
    max_("patch", f"/tasks/{task['id']}", {"is_done": True})
    max_("patch", f"/deals/{deal['id']}", {"stage": "negotiation", "status": "in_progress"})
    refused = max_("patch", f"/deals/{deal['id']}", {"status": "won"}, 400)
    assert [error["pointer"] for error in refused["errors"]] == ["/amount"]
    max_("patch", f"/deals/{deal['id']}", {"status": "won", "amount": "12400.00", "stage": "closed"})
    max_("post", f"/deals/{deal['id']}/activities", {"type": "comment", "payload": {"text": "Signed."}}, 201)

    timeline = olga("get", f"/deals/{deal['id']}/activities")["results"]
    assert [entry["type"] for entry in timeline] == [
        "deal_created",
        "task_created",
        "task_done",
        "status_changed",
        "stage_changed",
        "status_changed",
        "stage_changed",
        "amount_changed",
        "comment",
    ]
    assert {entry["author_name"] for entry in timeline} == {"Max"}
    summary = olga("get", "/analytics/deals/summary")
    assert summary["count_by_status"] == {"new": 0, "in_progress": 0, "won": 1, "lost": 0}
    assert summary["amount_by_status"]["won"] == summary["average_won_amount"] == "12400.00"
    funnel = olga("get", "/analytics/deals/funnel")
    assert [(stage["stage"], stage["total"], stage["reached"]) for stage in funnel["stages"]] == [
        ("qualification", 0, 1),
        ("proposal", 0, 1),
        ("negotiation", 0, 1),
        ("closed", 1, 1),
    ]
