"""What the races look for in answers: failures of ours, more winners than one, refusals that make no sense."""

import pytest

from crm_project.proof.calls import Answer
from crm_project.proof.races import Hazard, Round, failures, run, statuses

BUSY = Answer(503, {"Retry-After": "1"}, b"")


def answers(*codes):
    return [Answer(code, {}, b"") for code in codes]


def test_one_winner_and_known_refusals():
    assert statuses([*answers(200, 409, 412), BUSY], done=1, refused={409, 412}) == []


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (answers(200, 200), ["2 were done, not 1 to 1"]),
        (answers(409, 409), ["0 were done, not 1 to 1"]),
        (answers(200, 404), ["refused with 404 "]),
    ],
)
def test_winners_and_refusals_that_are_not_right(given, found):
    assert statuses(given, done=1, refused={409}) == found


def test_between_so_many_and_so_many():
    assert statuses(answers(200, 200), done=(1, 2), refused=set()) == []


def test_no_answer_and_our_own_failures_are_never_right():
    assert failures([None, *answers(200, 409, 500), BUSY, *answers(503)]) == [
        "no answer",
        "answered 500 ",
        "answered 503 ",
    ]


class Caller:
    """Answers as it was told, without a server."""

    def __init__(self, status):
        self.status = status

    def send(self, request):
        return Answer(self.status, {}, b"")


def test_a_round_is_counted_and_its_violations_are_named():
    hazard = Hazard(
        "drops", "a lock", lambda team: Round([None, None], lambda given: statuses(given, done=1, refused=set()))
    )

    tally = run(hazard, None, [Caller(200), Caller(200)], rounds=2)

    assert (tally.rounds, tally.requests, tally.acknowledged, tally.busy) == (2, 4, 4, 0)
    assert tally.violations == [f"drops, round {number}: 2 were done, not 1 to 1" for number in (1, 2)]
