"""Proofs that run side by side have databases of their own, and one that stops its server stops nobody else's."""

import pytest

from crm_project.proof import grounds
from crm_project.proof.grounds import Grounds
from crm_project.proof.proofs import SQLITE


class Kept:
    made: list["Kept"] = []

    def __init__(self):
        self.made.append(self)
        self.given, self.is_there = 0, True

    def environment(self):
        self.given += 1
        return {"DATABASE_URL": f"{self.made.index(self)}/{self.given}"}

    def remove(self):
        self.is_there = False


@pytest.fixture
def made(monkeypatch):
    monkeypatch.setattr(Kept, "made", [])
    monkeypatch.setattr(grounds, "SCRATCHES", {SQLITE: Kept})
    return Kept.made


def asked(place, *, alone):
    with place.database(SQLITE, alone=alone) as environment:
        return environment["DATABASE_URL"]


def test_each_has_a_database_of_its_own_on_one_server(made):
    with Grounds() as place:
        assert [asked(place, alone=False) for _ in range(2)] == ["0/1", "0/2"]
        assert made[0].is_there

    assert [scratch.is_there for scratch in made] == [False]


def test_one_that_is_alone_has_a_server_that_is_gone_afterwards(made):
    with Grounds() as place:
        asked(place, alone=False)
        assert asked(place, alone=True) == "1/1"

        assert [scratch.is_there for scratch in made] == [True, False]


def test_nothing_is_made_that_nobody_needs(made):
    with Grounds():
        pass

    assert made == []
