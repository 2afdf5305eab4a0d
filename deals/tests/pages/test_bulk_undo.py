"""What was done to many deals at once is taken back from its toast: each as it was, by whoever may."""

import re
from html import unescape

import pytest

from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory


def stage(slug, by):
    return Stage.objects.for_membership(by).get(slug=slug)


def undo_on(page):
    """The address and the values of the form in the toast; None where there is none."""
    toast = page.html.rpartition('class="toast"')[2].partition("</div>")[0]
    form = re.search(r'<form method="post" action="([^"]*)"(.*?)</form>', toast, re.DOTALL)
    if not form:
        return None
    values = re.findall(r'type="hidden" name="(back|next)" value="(.*?)"', form[2])
    return form[1], {name: unescape(value) for name, value in values}


def change(reader, deals, **changes):
    """Changes these deals, and presses Undo."""
    reader.send("deals/bulk/", deal=[deal.pk for deal in deals], **changes)
    return undo_on(reader.read("deals/"))


def press(reader, undo):
    return reader.post(*undo)


def stored(*names):
    return list(Deal.objects.order_by("pk").values_list(*names))


@pytest.fixture
def deals(owner, member):
    """One that is new, one of a colleague that has come further and was lost once."""
    begun = DealFactory(
        by=owner, title="Roof", stage=stage("negotiation", owner), status="lost", lost_reason="Too dear"
    )
    begun.status = "in_progress"
    begun.owner = member.user
    return [DealFactory(by=owner, title="Pump"), begun.save_by(owner)]


def test_each_deal_is_as_it_was(at, owner, deals):
    before, reader = stored("stage", "owner", "status", "lost_reason"), at(owner)

    for changes in ({"stage": stage("closed", owner).pk}, {"owner": owner.user_id}, {"status": "lost"}):
        undo = change(reader, deals, **changes, next=f"{reader.place}deals/?sort=title")
        answer = press(reader, undo)
        assert (answer.status_code, answer.url) == (302, f"{reader.place}deals/?sort=title")

    assert stored("stage", "owner", "status", "lost_reason") == before


def test_it_is_told_how_many_were_taken_back(at, owner, deals):
    reader = at(owner)

    press(reader, change(reader, deals, status="lost", lost_reason="Gone"))

    assert reader.read("deals/").toasts == ["Took it back for 2 deals"]


def test_deal_that_somebody_changed_since_stays(at, owner, deals):
    reader = at(owner)
    undo = change(reader, deals, stage=stage("closed", owner).pk)
    pump = Deal.objects.get(title="Pump")
    pump.amount = 7
    pump.save_by(owner)

    answer = press(reader, undo)

    html = answer.content.decode()
    assert (answer.status_code, "Took it back for 1 deal" in html) == (422, True)
    assert "This record was changed in the meantime. Load it again." in html
    assert stored("title", "stage__slug") == [
        ("Roof", "negotiation"),
        ("Pump", "closed"),
    ]


def test_who_may_not_move_back_is_offered_no_way_back(at, manager):
    deal = DealFactory(by=manager)
    reader = at(manager)

    assert change(reader, [deal], stage=stage("proposal", manager).pk) is None
    assert change(reader, [deal], status="lost") is not None


@pytest.mark.parametrize("back", ["", "x", "W10:1a:x"])
def test_what_we_never_wrote_is_not_taken_back(at, owner, deals, back):
    page = at(owner).send("deals/bulk/undo/", back=back)

    said = page.all(r'class="banner warn" role="alert">.*?<p>(.*?)</p>')
    assert (page.status, said) == (422, ["This cannot be taken back any more."])


def test_stranger_takes_nothing_back(at, owner, stranger, deals):
    undo = change(at(owner), deals, status="lost")
    reader = at(stranger)

    press(reader, (f"{reader.place}deals/bulk/undo/", undo[1]))

    assert stored("status") == [("lost",), ("lost",)]
