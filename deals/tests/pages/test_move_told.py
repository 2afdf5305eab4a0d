"""What a move tells, the way back that it offers, and where it leads on to."""

import pytest

from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from deals.tests.pages.test_move import move, now, open_ways, reasons, stage, undo


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"status": "won"}, "Marked Roof as won"),
        ({"status": "lost"}, "Marked Roof as lost"),
        ({"status": "in_progress"}, "Moved Roof to Qualification"),
    ],
)
def test_outcome_is_told(at, owner, values, sentence):
    deal, reader = DealFactory(by=owner, title="Roof", amount="1"), at(owner)

    move(reader, deal, **values)

    assert reader.read("deals/").toasts == [sentence]


def test_reopening_is_told(at, owner):
    deal, reader = DealFactory(by=owner, title="Roof", status="lost"), at(owner)

    move(reader, deal, status="in_progress")

    assert reader.read("deals/").toasts == ["Reopened Roof"]


def test_move_to_where_it_stands_is_not_told(at, owner):
    deal, reader = DealFactory(by=owner), at(owner)

    move(reader, deal, stage=deal.stage_id)

    assert reader.read("deals/").toasts == []


@pytest.mark.parametrize(("role", "offered"), [("admin", True), ("manager", False), ("member", False)])
def test_way_back_from_a_stage_is_offered_to_who_may_go_it(at, request, role, offered):
    by = request.getfixturevalue(role)
    deal, reader = DealFactory(by=by), at(by)
    first = deal.stage_id

    move(reader, deal, stage=stage("closed").pk, next="/o/x/")

    assert undo(reader) == ({"stage": str(first), "seen_version": "2", "next": "/o/x/"} if offered else None)


def test_way_back_brings_back_all_that_was_changed(at, member):
    deal, reader = DealFactory(by=member), at(member)
    move(reader, deal, status="won", amount="5")

    move(reader, deal, **undo(reader))

    deal.refresh_from_db()
    assert (deal.status, str(deal.amount), deal.version) == ("new", "0.00", 3)


def test_deal_that_somebody_moved_meanwhile_is_not_moved(at, owner, admin):
    deal = DealFactory(by=owner)
    move(at(admin), deal, stage=stage("proposal").pk)

    page = move(at(owner), deal, stage=stage("closed").pk, seen_version=1)

    assert reasons(page) == (
        422,
        ["This deal was changed in the meantime: it is in Proposal, where Adam Admin put it."],
    )
    assert (now(deal), open_ways(page)) == (("proposal", "new"), ["Qualification", "Negotiation", "Closed"])
    assert 'name="seen_version" value="2"' in page.html


def test_deal_that_a_command_moved_meanwhile_was_moved_by_the_system(at, owner):
    deal = DealFactory(by=owner)
    deal.stage = stage("closed")
    deal.save_by(None)

    page = move(at(owner), deal, status="lost", seen_version=1)

    assert reasons(page)[1] == ["This deal was changed in the meantime: it is in Closed, where the system put it."]


def test_move_leads_on_to_where_it_was_asked_for(at, owner):
    assert move(at(owner), DealFactory(by=owner), status="lost", next="/o/x/deals/?page=2").url == "/o/x/deals/?page=2"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_move_leads_nobody_away(at, owner, address):
    deal = DealFactory(by=owner)

    page = move(at(owner), deal, status="lost", next=address)

    assert page.url.startswith(f"/o/{owner.organization.slug}/deals/")
    assert "evil" not in at(owner).read(f"deals/{deal.pk}/move/", next=address).html.split('<form class="stack"')[1]


def test_markup_in_a_title_is_text(at, owner):
    deal = DealFactory(by=owner, title="<b>Roof</b>")

    assert "<b>Roof" not in at(owner).read(f"deals/{deal.pk}/move/").html


def test_dialog_takes_the_fragment(at, owner):
    deal = DealFactory(by=owner, title="Roof")

    html = (
        at(owner)
        .get(
            f"/o/{owner.organization.slug}/deals/{deal.pk}/move/",
            headers={"HX-Request": "true", "HX-Target": "move-sheet"},
        )
        .content.decode()
    )

    assert html.strip().startswith('<h2 id="move-sheet-title">')


@pytest.mark.parametrize("pipelines", [0, 3])
def test_page_asks_the_database_little(at, owner, django_assert_num_queries, pipelines):
    for number in range(pipelines):
        pipeline = Pipeline(organization=owner.organization, name=str(number)).save_by(owner)
        Stage(pipeline=pipeline, slug="offer", name="Offer").save_by(owner)
    deal, reader = DealFactory(by=owner), at(owner)

    with django_assert_num_queries(8):
        reader.read(f"deals/{deal.pk}/move/")
