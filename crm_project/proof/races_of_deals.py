"""Races at one deal, and at what it stands on: its contact, its external id, the key of its creation."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from contacts.models import Contact
from crm_project.proof import history
from crm_project.proof.calls import Answer, Request
from crm_project.proof.history import Change
from crm_project.proof.people import Team
from crm_project.proof.races import WIDTH, Hazard, Round, statuses
from crm_project.proof.rows import deal_rows, timelines
from deals.models import Deal
from deals.pipelines import Stage

WATCHED = ("title", "amount", "status", "lost_reason", "expected_close_date", "owner_id", "stage", "version")


def told_truly(deal_id: int, before: dict[str, Any], asked: Sequence[Any], answers: Sequence[Answer]) -> list[str]:
    """The acknowledged changes are what is stored, in an order, each told once."""
    pairs = zip(asked, answers, strict=True)
    changes = [Change(change, answer.json) for change, answer in pairs if answer.status == 200]
    passed, wrong = history.states(before, changes)
    stored, told = deal_rows([deal_id]).get(deal_id), timelines([deal_id])[deal_id]
    return wrong + history.lost(passed, stored) + history.untold(passed, told)


def state_of(deal: Deal) -> dict[str, Any]:
    row = deal_rows([deal.pk])[deal.pk]
    return {name: row[name] for name in WATCHED}


def _patches(team: Team, deal: Deal, asked: Sequence[dict[str, Any]], **headers: str) -> list[Request]:
    return [
        person.ask("PATCH", f"/deals/{deal.pk}", change, **headers)
        for person, change in zip(team.people, asked, strict=True)
    ]


def same_version(team: Team) -> Round:
    deal, asked = team.deal(), [{"title": f"Title {number}"} for number in range(WIDTH)]
    before = state_of(deal)

    def violations(answers: list[Answer]) -> list[str]:
        return statuses(answers, done=1, refused={412}) + told_truly(deal.pk, before, asked, answers)

    return Round(_patches(team, deal, asked, If_Match=f'"{deal.version}"'), violations)


def different_fields(team: Team) -> Round:
    deal = team.deal()
    before = state_of(deal)
    kinds = [
        lambda number: {"title": f"Title {number}"},
        lambda number: {"amount": f"{number + 10}.00"},
        lambda number: {"lost_reason": f"Reason {number}"},
        lambda number: {"expected_close_date": f"2031-01-{number + 1:02}"},
    ]
    asked = [kinds[number % len(kinds)](number) for number in range(WIDTH)]

    def violations(answers: list[Answer]) -> list[str]:
        return statuses(answers, done=(1, WIDTH), refused=set()) + told_truly(deal.pk, before, asked, answers)

    return Round(_patches(team, deal, asked), violations)


def win_or_zero(team: Team) -> Round:
    deal = team.deal(amount=5)
    before = state_of(deal)
    asked = [{"status": "won"} if number % 2 else {"amount": "0.00"} for number in range(WIDTH)]

    def violations(answers: list[Answer]) -> list[str]:
        stored = deal_rows([deal.pk])[deal.pk]
        for_nothing = ["won for nothing"] if stored["status"] == "won" and float(stored["amount"]) <= 0 else []
        return (
            for_nothing
            + statuses(answers, done=(1, WIDTH // 2), refused={400})
            + told_truly(deal.pk, before, asked, answers)
        )

    return Round(_patches(team, deal, asked), violations)


def two_drops(team: Team) -> Round:
    """The card is dropped from many boards that show the same version of it."""
    deal = team.deal()
    stages = list(
        Stage.objects.for_membership(team.owner).filter(pipeline=deal.stage.pipeline_id).exclude(pk=deal.stage_id)
    )
    drops = [
        person.press(f"/deals/{deal.pk}/move/", stage=stages[number % len(stages)].pk, seen_version=deal.version)
        for number, person in enumerate(team.people)
    ]
    before = state_of(deal)

    def violations(answers: list[Answer]) -> list[str]:
        stored, told = deal_rows([deal.pk])[deal.pk], timelines([deal.pk])[deal.pk]
        after = {**before, "stage": stored["stage"], "version": before["version"] + 1}
        wrong = statuses(answers, done=1, refused={422})
        return wrong + history.lost([after], stored) + history.untold([before, after], told)

    return Round(drops, violations)


def same_key(team: Team) -> Round:
    title, key = f"Deal {secrets.token_hex(6)}", secrets.token_hex(16)
    body = {"contact_id": team.contact.pk, "title": title}
    request = team.people[0].ask("POST", "/deals", body, Idempotency_Key=key)

    def violations(answers: list[Answer]) -> list[str]:
        done = {answer.body for answer in answers if answer.is_done}
        first = [answer for answer in answers if answer.is_done and "Idempotent-Replayed" not in answer.headers]
        made = Deal.objects.filter(title=title).count()
        wrong = [] if (made, len(done), len(first)) == (1, 1, 1) else [f"{made} deals, {len(done)} different answers"]
        return wrong + statuses(answers, done=(1, WIDTH), refused={409})

    return Round([request] * WIDTH, violations)


def same_external_id(team: Team) -> Round:
    body = {"contact_id": team.contact.pk, "title": "Roof", "external_id": secrets.token_hex(8)}

    def violations(answers: list[Answer]) -> list[str]:
        made = Deal.objects.filter(external_id=body["external_id"]).count()
        wrong = [] if made == 1 else [f"{made} deals of one external id"]
        return wrong + statuses(answers, done=1, refused={409})

    return Round([person.ask("POST", "/deals", body) for person in team.people], violations)


def contact_goes_or_gets_a_deal(team: Team) -> Round:
    contact = Contact(name="Karl Weg").save_by(team.owner)
    body = {"contact_id": contact.pk, "title": "Roof"}
    requests = [
        person.ask("POST", "/deals", body) if number % 2 else person.ask("DELETE", f"/contacts/{contact.pk}")
        for number, person in enumerate(team.people)
    ]

    def violations(answers: list[Answer]) -> list[str]:
        made, gone = ([answer for answer in answers if answer.status == status] for status in (201, 204))
        rows = Deal.objects.filter(contact=contact.pk).count()
        is_there = Contact.objects.filter(pk=contact.pk).exists()
        wrong = [] if rows == len(made) else [f"{len(made)} deals were acknowledged, {rows} are there"]
        wrong += [] if len(gone) == (not is_there) else [f"deleted {len(gone)} times, there: {is_there}"]
        wrong += ["deals, but no contact"] if rows and not is_there else []
        return wrong + statuses(answers, done=(0, WIDTH), refused={400, 404, 409})

    return Round(requests, violations)


HAZARDS = (
    Hazard("two edits of the same version", "row lock, then If-Match is compared", same_version),
    Hazard("edits of different fields", "row lock, then what others changed is adopted", different_fields),
    Hazard("drops of one card", "row lock, then the version that the page showed is compared", two_drops),
    Hazard("win against zeroing the amount", "row lock and a check constraint", win_or_zero),
    Hazard("one POST many times", "the key's row is inserted first, in the same transaction", same_key),
    Hazard("one external id", "a unique constraint", same_external_id),
    Hazard("contact deleted, deal made for it", "PROTECT and the foreign key", contact_goes_or_gets_a_deal),
)
