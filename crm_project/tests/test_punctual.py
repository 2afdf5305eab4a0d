"""A request that does not arrive is cut off; one that arrived may take its time."""

import socket
from types import SimpleNamespace

import pytest

from crm_project.punctual import Arrival, is_readable, late


class Request:
    """As gunicorn reads one: of its body, so much is still missing."""

    def __init__(self, missing):
        self.body = SimpleNamespace(reader=SimpleNamespace(**missing))
        self.is_last = False

    def force_close(self):
        self.is_last = True


@pytest.fixture
def ends():
    """A connection: our end, and the caller's."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def arrival(ours, request=None):
    found = Arrival(SimpleNamespace(sock=ours))
    found.begun = 0.0
    if request:
        found.meet(request)
    return found


@pytest.mark.parametrize("request_", [None, Request({"length": 5}), Request({})])
def test_a_request_that_did_not_arrive_is_late_after_ten_seconds(ends, request_):
    waiting = arrival(ends[0], request_)

    assert late([waiting], 10.0, others_wait=False) == []
    assert late([waiting], 10.1, others_wait=False) == [waiting]


def test_it_is_late_sooner_while_others_wait(ends):
    waiting = arrival(ends[0])

    assert late([waiting], 5.1, others_wait=True) == [waiting]
    assert late([waiting], 5.0, others_wait=True) == []


def test_a_request_that_arrived_is_never_late(ends):
    assert late([arrival(ends[0], Request({"length": 0}))], 3600.0, others_wait=True) == []


def test_a_request_that_we_are_slow_to_read_is_not_late(ends):
    ours, theirs = ends
    theirs.sendall(b"GET / HTTP/1.1")

    assert late([arrival(ours)], 3600.0, others_wait=True) == []


def test_whoever_is_answered_after_all_is_told_that_it_was_the_last_answer(ends):
    before, after = Request({"length": 5}), Request({"length": 5})
    arrival(ends[0], before).cut_off()
    cut = arrival(ends[0])
    cut.cut_off()
    cut.meet(after)

    assert (before.is_last, after.is_last) == (True, True)


def test_who_reads_a_request_that_is_cut_off_meets_its_end(ends):
    arrival(ends[0]).cut_off()

    assert ends[0].recv(1) == b""


def test_a_connection_that_went_meanwhile_is_left_alone(ends):
    ours, _ = ends
    ours.close()

    arrival(ours).cut_off()

    assert not is_readable(ours)
