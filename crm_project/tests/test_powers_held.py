"""Every operation of the API keeps to the table of roles; a wrong power, and a missing row of the table, are found."""

import pytest

from crm_project.proof.isolation import powers_held
from crm_project.proof.isolation.powers import ALL, CASES, Case
from crm_project.proof.isolation.scratch import apart
from organizations.roles import POWERS, Power, Role


@pytest.fixture
def prove(db):
    def run(cases):
        with apart():
            return powers_held.prove(cases)

    return run


def only(*operations):
    return {name: rows for name, rows in CASES.items() if name in operations}


def test_every_operation_keeps_to_the_table(prove):
    held = prove(CASES)

    assert held.broken == []
    assert held.operations == len(CASES)


def test_power_too_many_is_found(prove, monkeypatch):
    monkeypatch.setitem(POWERS, Role.MEMBER, frozenset({Power.CHANGE_ANY}))

    broken = prove(only("PATCH /contacts/{id}")).broken

    assert "PATCH /contacts/{id} colleague.contact {'name': 'Anne Karg'} as member: refused, but answers 200." in broken


def test_power_too_few_is_found(prove, monkeypatch):
    monkeypatch.setitem(POWERS, Role.ADMIN, frozenset())

    broken = prove(only("POST /pipelines")).broken

    assert "POST /pipelines  {'name': 'New'} as admin: allowed, but answers 403." in broken


def test_operation_without_a_row_is_found(prove):
    broken = prove(only()).broken

    assert "DELETE /deals/{id}: nobody says whom it is allowed." in broken
    assert len(broken) == len(CASES)


def test_row_without_an_operation_is_found(prove):
    broken = prove({"GET /quotes": []}).broken

    assert "GET /quotes: there is no such operation any more." in broken


def test_table_says_something_of_every_role():
    assert all(isinstance(row, Case) and row.who <= ALL for rows in CASES.values() for row in rows)
