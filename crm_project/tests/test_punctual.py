"""A request that does not arrive is cut off; one that arrived may take its time."""

import socket
from types import SimpleNamespace

import pytest

from crm_project.punctual import Arrival, late


class Body:
    def __init__(self, length):
        self.length = length


def arrival(body, *, begun=0.0):
    found = Arrival(SimpleNamespace(sock=None))
    found.begun, found.body = begun, body
    return found


@pytest.mark.parametrize("body", [None, Body(5), object()])
def test_a_request_that_did_not_arrive_is_late_after_ten_seconds(body):
    waiting = arrival(body)

    assert late([waiting], 10.0, others_wait=False) == []
    assert late([waiting], 10.1, others_wait=False) == [waiting]


def test_it_is_late_sooner_while_others_wait():
    assert len(late([arrival(None)], 2.1, others_wait=True)) == 1
    assert late([arrival(None)], 2.0, others_wait=True) == []


def test_a_request_that_arrived_is_never_late():
    assert late([arrival(Body(0))], 3600.0, others_wait=True) == []


def test_who_reads_a_request_that_is_cut_off_meets_its_end():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        Arrival(SimpleNamespace(sock=ours)).cut_off()

        assert ours.recv(1) == b""


def test_a_connection_that_went_meanwhile_is_left_alone():
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()

        Arrival(SimpleNamespace(sock=ours)).cut_off()
