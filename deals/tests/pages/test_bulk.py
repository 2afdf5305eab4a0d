"""The chosen deals of the table, changed at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from deals.models import Deal
from deals.pipelines import Stage
from deals.tests.factories import DealFactory


def stage(slug, by):
    return Stage.objects.for_membership(by).get(slug=slug)


def refused(page):
    return list(
        zip(page.all('<li><a href="[^"]*">(.*?)</a><span>'), page.all("</a><span>(.*?)</span></li>"), strict=True)
    )


def stored(*names):
    return list(Deal.objects.order_by("pk").values_list(*names, flat=len(names) == 1))


def test_chosen_deals_move(at, owner):
    deals = [DealFactory(by=owner) for _ in range(3)]
    reader, place = at(owner), f"/o/{owner.organization.slug}/deals/?sort=title"

    sent = reader.send("deals/bulk/", deal=[deals[0].pk, deals[1].pk], stage=stage("proposal", owner).pk, next=place)

    assert (sent.status, sent.url) == (302, place)
    assert reader.read("deals/").toasts == ["Moved 2 deals to Proposal"]
    assert stored("stage__slug") == ["proposal", "proposal", "qualification"]


def test_chosen_deals_get_another_owner(at, manager, member):
    deal = DealFactory(by=manager)
    reader = at(manager)

    reader.send("deals/bulk/", deal=deal.pk, owner=member.user_id)

    assert reader.read("deals/").toasts == ["Max Member owns 1 deal now"]
    assert stored("owner") == [member.user_id]


def test_chosen_deals_are_lost_with_a_reason(at, owner):
    deal = DealFactory(by=owner)
    reader = at(owner)

    reader.send("deals/bulk/", deal=deal.pk, status="lost", lost_reason="Too dear")

    assert reader.read("deals/").toasts == ["Marked 1 deal as lost"]
    assert stored("status", "lost_reason") == [("lost", "Too dear")]


def test_reason_belongs_to_losing_alone(at, owner):
    deal = DealFactory(by=owner)

    at(owner).send("deals/bulk/", deal=deal.pk, stage=stage("proposal", owner).pk, lost_reason="Half a")

    assert stored("lost_reason") == [""]


def test_deals_that_stay_are_named_with_their_reason(at, member, manager):
    mine, theirs = DealFactory(by=member, title="Mine"), DealFactory(by=manager, title="Theirs")

    page = at(member).send("deals/bulk/", deal=[mine.pk, theirs.pk], stage=stage("proposal", member).pk)

    assert (page.status, refused(page)) == (422, [("Theirs", "You may change only what you own.")])
    assert "<p>Moved 1 deal to Proposal</p>" in page.html
    assert stored("stage__slug") == ["proposal", "qualification"]


@pytest.mark.parametrize(
    ("role", "reasons"),
    [
        ("owner", []),
        ("admin", []),
        ("manager", ["Only an owner or an admin may move a deal back."]),
        ("member", ["You may change only what you own."]),
    ],
)
def test_moving_back(at, request, owner, role, reasons):
    deal = DealFactory(by=owner, stage=stage("proposal", owner))

    page = at(request.getfixturevalue(role)).send("deals/bulk/", deal=deal.pk, stage=stage("qualification", owner).pk)

    assert [reason for _, reason in refused(page)] == reasons


def test_member_names_no_other_owner(at, member, manager):
    deal = DealFactory(by=member, title="Roof")
    reader = at(member)

    page = reader.send("deals/bulk/", deal=deal.pk, owner=manager.user_id)

    assert refused(page) == [("Roof", "Only a manager may name another owner.")]
    assert 'id="bulk-owner"' not in reader.read("deals/").html


def test_deals_of_another_organization_are_as_if_they_never_existed(at, owner, stranger):
    mine, foreign = DealFactory(by=owner), DealFactory(by=stranger)
    reader = at(owner)

    reader.send("deals/bulk/", deal=[mine.pk, foreign.pk], stage=stage("proposal", owner).pk)

    assert reader.read("deals/").toasts == ["Moved 1 deal to Proposal"]
    assert stored("stage__slug") == ["proposal", "qualification"]


def test_stage_and_owner_of_another_organization_are_none(at, owner, stranger):
    deal = DealFactory(by=owner)

    for change in ({"stage": stage("proposal", stranger).pk}, {"owner": stranger.user_id}):
        page = at(owner).send("deals/bulk/", deal=deal.pk, **change)

        assert (page.status, page.reasons) == (422, ["There is no such record in this organization."])


@pytest.mark.parametrize("ids", [[], ["x", "0", "-1", "9" * 30], ["123456"]])
def test_without_a_choice_one_is_told_how_to_choose(at, owner, ids):
    page = at(owner).send("deals/bulk/", deal=ids, status="lost")

    said = page.all(r'class="banner warn" role="alert">.*?<p>(.*?)</p>')
    assert (page.status, said) == (422, ["Choose the deals first: tick the box at the start of each row."])


def test_too_many_are_refused(at, owner, monkeypatch):
    monkeypatch.setattr("deals.bulk_views.BATCH", 2)
    deals = [DealFactory(by=owner) for _ in range(3)]

    page = at(owner).send("deals/bulk/", deal=[deal.pk for deal in deals], status="lost")

    assert page.all(r'class="banner warn" role="alert">.*?<p>(.*?)</p>') == ["Choose at most 2 deals at once."]
    assert stored("status") == ["new"] * 3


def test_without_a_verb_one_is_told_so(at, owner):
    page = at(owner).send("deals/bulk/", deal=DealFactory(by=owner).pk)

    assert (page.status, page.reasons) == (422, ["Say what to do with these deals."])


def test_nobody_is_led_away(at, owner):
    deal = DealFactory(by=owner)

    sent = at(owner).send("deals/bulk/", deal=deal.pk, status="lost", next="https://example.com/")

    assert sent.url == f"/o/{owner.organization.slug}/deals/"


def test_stranger_finds_no_page(at, owner, stranger):
    reader = at(stranger)
    reader.place = f"/o/{owner.organization.slug}/"

    assert reader.send("deals/bulk/", deal=DealFactory(by=owner).pk, status="lost").status == 404


def test_many_deals_take_as_many_statements_as_few(at, owner):
    counts = []
    for count in (2, 12):
        deals, reader = [DealFactory(by=owner).pk for _ in range(count)], at(owner)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader.send("deals/bulk/", deal=deals, stage=stage("proposal", owner).pk)
        counts.append(len(asked))

    assert counts[0] == counts[1]
