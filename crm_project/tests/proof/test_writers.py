"""A writer asks again for what was not acknowledged, as it was, and tells apart what must not be answered at all."""

import json
from types import SimpleNamespace

import pytest

from crm_project.proof import writers
from crm_project.proof.calls import Answer, Request, Unanswered
from crm_project.proof.watchers import is_clear
from crm_project.proof.writers import Writer

PERSON = SimpleNamespace(token="t")
POST = Request("POST", "/api/v1/deals", {"Idempotency-Key": "k"}, b"{}")
MADE = Answer(201, {}, b"{}")
BUSY = Answer(503, {"Retry-After": "2"}, b"{}")
FULL = Answer(507, {"Retry-After": "60"}, b"{}")


def problem(status, code):
    return Answer(status, {}, json.dumps({"code": code}).encode())


class Line:
    """Answers one after the other; None is a connection that breaks."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def send(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if answer is None:
            raise Unanswered("broken")
        return answer


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    monkeypatch.setattr(writers, "PAUSE", 0)


def test_the_same_is_asked_for_until_it_is_acknowledged():
    line = Line(None, BUSY, FULL, problem(409, "idempotency_key_in_use"), MADE)
    writer = Writer(PERSON, 1, line, None)

    assert writer._insist(POST) == MADE
    assert line.asked == [POST] * 5
    assert (writer.met, writer.strange) == ({"unanswered": 1, "503": 1, "507": 1}, [])


@pytest.mark.parametrize(
    "answer",
    [
        problem(500, "server_error"),
        problem(503, "no_time_to_come_back"),
        problem(409, "conflict"),
        problem(404, "not_found"),
    ],
)
def test_an_answer_that_makes_no_sense_is_named(answer):
    writer = Writer(PERSON, 1, Line(answer), None)

    assert writer._insist(POST) is None
    assert writer.strange == [f"POST /api/v1/deals answered {answer}"]


def test_a_writer_gives_up_in_the_end(monkeypatch):
    monkeypatch.setattr(writers, "GIVING_UP", -1)
    writer = Writer(PERSON, 1, Line(), None)

    assert writer._insist(POST) is None
    assert writer.strange == ["POST /api/v1/deals was not acknowledged within -1 seconds"]


def test_a_writer_that_breaks_down_is_no_silent_one():
    writer = Writer(PERSON, 1, Line(), None)

    with pytest.raises(AttributeError):
        writer.run()

    assert writer.strange == [
        "a writer broke down: AttributeError(\"'types.SimpleNamespace' object has no attribute 'ask'\")"
    ]


@pytest.mark.parametrize(
    ("kind", "body", "is_one"),
    [
        ("application/problem+json", b"{}", True),
        ("text/html; charset=utf-8", b"<h1>One moment</h1>", True),
        ("text/html; charset=utf-8", b"<h1>Something broke on our side</h1>", False),
        ("application/json", b"{}", False),
    ],
)
def test_what_a_reader_may_be_told_while_the_database_is_away(kind, body, is_one):
    assert is_clear(Answer(503, {"Retry-After": "2", "Content-Type": kind}, body)) is is_one
    assert not is_clear(Answer(500, {"Content-Type": kind}, body))
    assert not is_clear(Answer(503, {"Content-Type": kind}, body))
