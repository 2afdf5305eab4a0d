"""The ledger finds what was acknowledged and is not there, is there twice, or has no timeline."""

import pytest

from crm_project.proof.ledger import CHANGED, COMMENTED, CREATED, Acknowledged, Ledger, losses, read

NEW = {"title": "Roof", "amount": "5.00", "status": "new", "stage": "qualification", "owner_id": 1, "version": 1}
RAISED = {**NEW, "amount": "7.00", "version": 2}
BEGINNING = ("deal_created", {"title": "Roof"})
RAISE = ("amount_changed", {"from": "5.00", "to": "7.00"})
COMMENT = ("comment", {"text": "Called."})
LEDGER = [
    Acknowledged(4, CREATED, shown=NEW),
    Acknowledged(4, CHANGED, {"amount": "7.00"}, RAISED),
    Acknowledged(4, COMMENTED, {"text": "Called."}),
]
TOLD = [BEGINNING, RAISE, COMMENT]


def test_all_is_there():
    assert losses(LEDGER, {4: RAISED}, {4: TOLD}) == []


@pytest.mark.parametrize(
    ("rows", "told", "found"),
    [
        ({}, {}, "deal 4: the deal is not there"),
        ({4: NEW}, {4: TOLD}, "deal 4: amount is '5.00', acknowledged was '7.00'"),
        ({4: RAISED}, {}, "deal 4: the timeline begins 0 times"),
        ({4: RAISED}, {4: [BEGINNING, COMMENT]}, "deal 4: the timeline tells []"),
        ({4: RAISED}, {4: [BEGINNING, RAISE]}, "deal 4: 1 comments were acknowledged, 0 are there"),
        ({4: RAISED}, {4: [*TOLD, COMMENT]}, "deal 4: 1 comments were acknowledged, 2 are there"),
        ({4: RAISED}, {4: [BEGINNING, *TOLD]}, "deal 4: the timeline begins 2 times"),
        ({4: RAISED, 5: NEW}, {4: TOLD, 5: [BEGINNING]}, "deal 5: made, but nobody was told"),
    ],
)
def test_what_is_lost_or_doubled(rows, told, found):
    assert any(line.startswith(found) for line in losses(LEDGER, rows, told))


def test_a_deal_that_was_made_twice():
    assert losses([LEDGER[0]] * 2, {4: NEW}, {4: [BEGINNING]}) == ["deal 4: acknowledged as created 2 times"]


def test_the_ledger_outlives_who_wrote_it(tmp_path):
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for entry in LEDGER:
        ledger.write(entry)

    assert len(ledger) == 3
    assert read(tmp_path / "ledger.jsonl") == LEDGER
