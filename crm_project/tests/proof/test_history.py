"""The checker of histories finds every way in which a change can be lost, doubled or left untold."""

import pytest

from crm_project.proof import history
from crm_project.proof.history import Change

NEW = {"title": "Roof", "amount": "5.00", "status": "new", "stage": "qualification", "owner_id": 1, "version": 1}


def shown(version, **changed):
    return {**NEW, "version": version, **changed}


def entry(kind, before, after):
    return (f"{kind}_changed", {"from": before, "to": after})


def test_changes_one_after_the_other():
    changes = [
        Change({"amount": "7.00"}, shown(3, title="Wall", amount="7.00")),
        Change({"title": "Wall"}, shown(2, title="Wall")),
    ]

    passed, wrong = history.states(NEW, changes)

    assert (len(passed), wrong) == (3, [])
    assert history.lost(passed, shown(3, title="Wall", amount="7.00")) == []
    assert history.untold(passed, [("deal_created", {}), entry("amount", "5.00", "7.00")]) == []


def test_a_change_to_what_is_there_already_is_none():
    passed, wrong = history.states(NEW, [Change({"title": "Roof"}, NEW)])

    assert (passed, wrong) == ([NEW], [])


def test_the_same_change_by_two_is_one():
    changes = [Change({"status": "won"}, shown(2, status="won"))] * 2

    assert history.states(NEW, changes)[1] == []


def test_two_changes_of_one_version_are_a_lost_update():
    changes = [Change({"title": "Wall"}, shown(2, title="Wall")), Change({"title": "Door"}, shown(2, title="Door"))]

    assert history.states(NEW, changes)[1] == ["version 2 was shown in two ways"]


def test_a_change_that_took_another_one_back_is_a_lost_update():
    changes = [Change({"title": "Wall"}, shown(2, title="Wall")), Change({"amount": "7.00"}, shown(3, amount="7.00"))]

    assert history.states(NEW, changes)[1] == ["version 3 is not the one before with the change that was asked for"]


def test_an_acknowledged_change_that_was_not_made():
    changes = [Change({"title": "Wall"}, shown(2))]

    assert history.states(NEW, changes)[1] == ["version 2 is not the one before with the change that was asked for"]


def test_a_version_that_nobody_made():
    changes = [Change({"title": "Wall"}, shown(3, title="Wall"))]

    assert history.states(NEW, changes)[1] == ["no change is known between version 1 and 3"]


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        (None, ["the deal is not there"]),
        (shown(1, title="Wall"), ["title is 'Wall', acknowledged was 'Roof'"]),
        (shown(2), ["version is 2, acknowledged was 1"]),
    ],
)
def test_what_is_stored_is_not_what_was_acknowledged(stored, found):
    assert history.lost([NEW], stored) == found


@pytest.mark.parametrize(
    "told",
    [
        [],
        [entry("amount", "5.00", "7.00")] * 2,
        [entry("amount", "5.00", "8.00")],
        [entry("amount", "5.00", "7.00"), entry("stage", "qualification", "closed")],
    ],
)
def test_a_timeline_that_tells_less_more_or_else(told):
    assert len(history.untold([NEW, shown(2, amount="7.00")], told)) == 1


def test_two_changes_at_once_are_told_in_their_order():
    after = shown(2, status="won", stage="closed", owner_id=2)
    told = [entry("status", "new", "won"), entry("stage", "qualification", "closed"), entry("owner", 1, 2)]

    assert history.untold([NEW, after], told) == []
    assert len(history.untold([NEW, after], told[::-1])) == 1


def test_a_chain_whose_entries_follow_each_other():
    told = [entry("owner", 1, 2), entry("owner", 2, 3)]

    assert history.broken_chain(told, shown(3, owner_id=3)) == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([entry("owner", 1, 2), entry("owner", 1, 3)], "an entry does not begin where the one before ended"),
        ([entry("owner", 1, 2)], "owner_id is 3, the timeline ends at 2"),
    ],
)
def test_a_chain_that_is_broken(told, found):
    assert found in " ".join(history.broken_chain(told, shown(3, owner_id=3)))
