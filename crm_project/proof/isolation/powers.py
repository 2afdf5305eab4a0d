"""The published table of roles, for every operation of the API: who may, with their own records and with others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ALL = frozenset({"owner", "admin", "manager", "member"})
MANAGERS, ADMINS, OWNERS = ALL - {"member"}, frozenset({"owner", "admin"}), frozenset({"owner"})
WORD = "correct horse staple"


@dataclass(frozen=True)
class Case:
    """Who may; `record` is whose the id in the path is, as in `own.deal`; so are the words in braces in values."""

    who: frozenset[str]
    record: str = ""
    body: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict)


def _reading(kind: str) -> list[Case]:
    return [Case(ALL, f"own.{kind}"), Case(ALL, f"colleague.{kind}")]


def _changing(kind: str, body: dict[str, Any], **reassigned: str) -> list[Case]:
    """One's own is everybody's to change, another's a manager's; and so it is to give one's own away."""
    mine_and_theirs = [Case(ALL, f"own.{kind}", body), Case(MANAGERS, f"colleague.{kind}", body)]
    return [*mine_and_theirs, Case(MANAGERS, f"own.{kind}", reassigned)]


def _deleting(kind: str) -> list[Case]:
    return [Case(ALL, f"own.{kind}"), Case(MANAGERS, f"colleague.{kind}")]


def _creating(body: dict[str, Any], **assigned: str) -> list[Case]:
    return [Case(ALL, body=body), Case(MANAGERS, body={**body, **assigned})]


LISTED_BY_OWNER = [
    Case(ALL),
    Case(ALL, query={"owner_id": "{own.user}"}),
    Case(MANAGERS, query={"owner_id": "{colleague.user}"}),
]
COMMENT = {"type": "comment", "payload": {"text": "Called."}}
TO_COLLEAGUE = {"owner_id": "{colleague.user}"}
NEW_DEAL = {"contact_id": "{own.contact}", "title": "Roof"}
NEW_TASK = {"deal_id": "{own.deal}", "title": "Call"}
CASES: dict[str, list[Case]] = {
    "GET /activities": [Case(ALL)],
    "GET /activities/{id}": _reading("activity"),
    "GET /analytics/deals/funnel": [Case(ALL)],
    "GET /analytics/deals/summary": [Case(ALL)],
    "GET /audit": [Case(ADMINS)],
    "POST /auth/login": [Case(ALL, body={"email": "{own.email}", "password": "{password}"})],
    "POST /auth/logout": [Case(ALL, body={"refresh_token": "{own.refresh}"})],
    "POST /auth/refresh": [Case(ALL, body={"refresh_token": "{own.refresh}"})],
    "POST /auth/register": [
        Case(ALL, body={"email": "new@example.com", "password": WORD, "name": "New", "organization_name": "New"})
    ],
    "GET /companies": LISTED_BY_OWNER,
    "POST /companies": _creating({"name": "Alster Bau"}, **TO_COLLEAGUE),
    "GET /companies/{id}": _reading("company"),
    "PATCH /companies/{id}": _changing("company", {"name": "Bille Bau"}, **TO_COLLEAGUE),
    "DELETE /companies/{id}": _deleting("free_company"),
    "GET /contacts": LISTED_BY_OWNER,
    "POST /contacts": _creating({"name": "Anna Karg"}, **TO_COLLEAGUE),
    "GET /contacts/{id}": _reading("contact"),
    "PATCH /contacts/{id}": _changing("contact", {"name": "Anne Karg"}, **TO_COLLEAGUE),
    "DELETE /contacts/{id}": _deleting("free"),
    "GET /deals": LISTED_BY_OWNER,
    "POST /deals": _creating(NEW_DEAL, **TO_COLLEAGUE),
    "GET /deals/{deal_id}/activities": _reading("deal"),
    "POST /deals/{deal_id}/activities": [Case(ALL, "own.deal", COMMENT), Case(ALL, "colleague.deal", COMMENT)],
    "GET /deals/{id}": _reading("deal"),
    "PATCH /deals/{id}": [
        *_changing("deal", {"title": "Wall"}, **TO_COLLEAGUE),
        Case(ALL, "own.deal", {"stage": "negotiation"}),
        Case(ADMINS, "own.deal", {"stage": "qualification"}),
        Case(ADMINS, "colleague.deal", {"stage": "qualification"}),
    ],
    "DELETE /deals/{id}": _deleting("deal"),
    "GET /exchange-rates": [Case(ALL)],
    "POST /exchange-rates": [Case(ADMINS, body={"currency": "SEK", "rate": "0.1"})],
    "GET /exchange-rates/{id}": [Case(ALL, "owner.rate")],
    "PATCH /exchange-rates/{id}": [Case(ADMINS, "owner.rate", {"rate": "0.8"})],
    "DELETE /exchange-rates/{id}": [Case(ADMINS, "owner.rate")],
    "GET /invitations": [Case(ALL)],
    "POST /invitations": [
        Case(ADMINS, body={"email": "new@example.com", "role": "member"}),
        Case(OWNERS, body={"email": "new@example.com", "role": "owner"}),
    ],
    "GET /invitations/{id}": [Case(ALL, "owner.invitation")],
    "DELETE /invitations/{id}": [Case(ADMINS, "owner.invitation")],
    "POST /invitations/accept": [Case(ALL, body={"token": "{neighbor.token}"})],
    "GET /members": [Case(ALL)],
    "GET /members/{id}": _reading("membership"),
    "PATCH /members/{id}": [
        Case(ADMINS, "colleague.membership", {"role": "manager"}),
        Case(OWNERS, "colleague.membership", {"role": "owner"}),
        Case(OWNERS, "partner.membership", {"role": "member"}),
    ],
    "DELETE /members/{id}": [
        Case(ADMINS, "colleague.membership"),
        Case(OWNERS, "partner.membership"),
        Case(ALL, "own.membership"),
    ],
    "GET /organizations": [Case(ALL)],
    "POST /organizations": [Case(ALL, body={"name": "New"})],
    "GET /organizations/current": [Case(ALL)],
    "PATCH /organizations/current": [Case(ADMINS, body={"name": "New"})],
    "DELETE /organizations/current": [Case(OWNERS, body={"confirm": "{slug}"})],
    "GET /organizations/me": [Case(ALL)],
    "GET /pipelines": [Case(ALL)],
    "POST /pipelines": [Case(ADMINS, body={"name": "New"})],
    "GET /pipelines/{id}": [Case(ALL, "owner.pipeline")],
    "PATCH /pipelines/{id}": [Case(ADMINS, "owner.pipeline", {"name": "New"})],
    "DELETE /pipelines/{id}": [Case(ADMINS, "owner.pipeline")],
    "GET /search": [Case(ALL, query={"q": "contact"})],
    "GET /stages": [Case(ALL)],
    "POST /stages": [Case(ADMINS, body={"name": "New", "slug": "new", "pipeline_id": "{owner.pipeline}"})],
    "GET /stages/{id}": [Case(ALL, "owner.stage")],
    "PATCH /stages/{id}": [Case(ADMINS, "owner.stage", {"name": "New"})],
    "DELETE /stages/{id}": [Case(ADMINS, "owner.stage")],
    "GET /tasks": [Case(ALL)],
    "POST /tasks": [
        *_creating(NEW_TASK, assignee_id="{colleague.user}"),
        Case(MANAGERS, body={**NEW_TASK, "deal_id": "{colleague.deal}"}),
    ],
    "GET /tasks/{id}": _reading("task"),
    "PATCH /tasks/{id}": _changing("task", {"title": "Write"}, assignee_id="{colleague.user}"),
    "DELETE /tasks/{id}": _deleting("task"),
    "GET /users/me": [Case(ALL)],
    "PATCH /users/me": [Case(ALL, body={"name": "New"})],
    "POST /users/me/password": [Case(ALL, body={"current_password": "{password}", "new_password": WORD})],
}
