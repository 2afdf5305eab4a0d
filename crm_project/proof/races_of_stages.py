"""Races at the way that deals go: a stage is deleted while deals are moved into it."""

from __future__ import annotations

import secrets

from crm_project.proof import history
from crm_project.proof.calls import Answer
from crm_project.proof.people import Team
from crm_project.proof.races import WIDTH, Hazard, Round, statuses
from crm_project.proof.rows import deal_rows, stage_changes, timelines
from deals.pipelines import Pipeline, Stage

DELETING = 4


def stage_goes_or_gets_deals(team: Team) -> Round:
    pipeline = Pipeline.objects.for_membership(team.owner).get(is_default=True)
    slug = f"stage-{secrets.token_hex(4)}"
    stage = Stage(organization=team.organization, pipeline=pipeline, slug=slug, name=slug).save_by(team.owner)
    first = Stage.first_of(team.organization.pk)
    standing, coming = team.deals(2, stage=stage), team.deals(WIDTH - DELETING)
    moves = [
        person.ask("PATCH", f"/deals/{deal.pk}", {"stage": slug})
        for person, deal in zip(team.people, coming, strict=False)
    ]
    address = f"/stages/{stage.pk}?move_to={first.pk if first else ''}"
    deletions = [person.ask("DELETE", address) for person in team.people[-DELETING:]]
    ids = [deal.pk for deal in (*standing, *coming)]

    def violations(answers: list[Answer]) -> list[str]:
        gone = sum(answer.status == 204 for answer in answers[len(moves) :])
        is_there = Stage.objects.filter(pk=stage.pk).exists()
        rows, told, moved = deal_rows(ids), timelines(ids), stage_changes(ids)
        wrong = [] if gone == (not is_there) else [f"deleted {gone} times, there: {is_there}"]
        wrong += [f"deal {pk} is gone" for pk in ids if pk not in rows]
        wrong += [found for pk, row in rows.items() for found in history.broken_chain(told[pk], row)]
        wrong += [f"deal {pk} moved to {moved[pk]}" for pk, row in rows.items() if moved[pk][-1] != row["stage"]]
        return wrong + statuses(answers, done=(0, WIDTH), refused={400, 404, 409})

    return Round([*moves, *deletions], violations)


HAZARDS = (
    Hazard("stage deleted, deals moved into it", "deals are locked, then the foreign key", stage_goes_or_gets_deals),
)
