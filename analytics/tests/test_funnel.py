"""The funnel of a pipeline, as the API answers it."""

import pytest

from contacts.tests.factories import ContactFactory
from deals.actions import delete_stage
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

pytestmark = pytest.mark.django_db

PATH = "/api/v1/analytics/deals/funnel"
NOBODY = {"new": 0, "in_progress": 0, "won": 0, "lost": 0}
SLUGS = ["qualification", "proposal", "negotiation", "closed"]


@pytest.fixture
def add(owner):
    """`add("proposal", "closed")`: a deal that began in the one stage and moved to the others."""
    contact = ContactFactory(by=owner)

    def add(first, *others, **fields):
        deal = DealFactory(by=owner, contact=contact, stage=stage(owner, first), **fields)
        for slug in others:
            deal.stage = stage(owner, slug)
            deal.save_by(owner)
        return deal

    return add


def stage(membership, slug):
    return Stage.objects.for_membership(membership).get(slug=slug)


@pytest.fixture
def funnel(call, owner):
    return lambda **query: call(owner).get(PATH, query).json()


@pytest.fixture
def figures(funnel):
    """`figures("total")`: that figure of each stage, in order."""
    return lambda name, **query: [stage[name] for stage in funnel(**query)["stages"]]


def test_an_empty_organization_has_all_stages(funnel):
    names = ["Qualification", "Proposal", "Negotiation", "Closed"]
    assert funnel() == {
        "pipeline_id": Pipeline.objects.get().pk,
        "currency": "EUR",
        "stages": [
            {
                "stage": slug,
                "name": name,
                "total": 0,
                "by_status": NOBODY,
                "amount": "0.00",
                "reached": 0,
                "conversion_from_previous": None,
                "conversion_reached": None,
            }
            for slug, name in zip(SLUGS, names, strict=True)
        ],
        "unconverted": [],
    }


def test_a_stage_counts_its_deals_and_money(add, funnel):
    add("proposal", amount="1.50")
    add("proposal", status="won", amount=2)

    assert funnel()["stages"][1] == {
        "stage": "proposal",
        "name": "Proposal",
        "total": 2,
        "by_status": {"new": 1, "in_progress": 0, "won": 1, "lost": 0},
        "amount": "3.50",
        "reached": 2,
        "conversion_from_previous": None,
        "conversion_reached": 100.0,
    }


def test_conversion_is_in_percent_of_the_stage_before_to_two_places(add, figures):
    for slug, count in zip(SLUGS, (3, 1, 2, 0), strict=True):
        for _ in range(count):
            add(slug)

    assert figures("total") == [3, 1, 2, 0]
    assert figures("conversion_from_previous") == [None, 33.33, 200.0, 0.0]


def test_conversion_is_rounded_half_up(add, figures):
    for slug, count in (("qualification", 16), ("proposal", 1)):
        for _ in range(count):
            add(slug)
    for _ in range(15):
        add("qualification")

    assert figures("conversion_from_previous")[1] == 3.23
    assert figures("conversion_reached")[1] == 3.13


def test_after_an_empty_stage_there_is_no_conversion(add, figures):
    add("negotiation")

    assert figures("conversion_from_previous") == [None, None, None, 0.0]


def test_skipping_forward_reaches_every_stage_passed(add, figures):
    add("qualification", "closed")

    assert figures("total") == [0, 0, 0, 1]
    assert figures("reached") == [1, 1, 1, 1]


def test_what_moved_back_was_there_all_the_same(add, figures):
    add("qualification", "negotiation", "qualification")

    assert figures("total") == [1, 0, 0, 0]
    assert figures("reached") == [1, 1, 1, 0]


def test_each_deal_counts_once_however_often_it_moved(add, figures):
    add("qualification", "proposal", "qualification", "proposal", "negotiation", "proposal")
    add("qualification")

    assert figures("reached") == [2, 1, 1, 0]
    assert figures("conversion_reached") == [None, 50.0, 100.0, 0.0]


def test_a_deleted_deal_was_never_there(add, figures, owner):
    add("qualification", "closed").delete_by(owner)

    assert figures("reached") == [0, 0, 0, 0]


def test_a_renamed_stage_keeps_its_history(add, funnel, owner):
    add("qualification", "proposal")
    renamed = stage(owner, "proposal")
    renamed.name, renamed.slug = "Offer", "offer"
    renamed.save_by(owner)

    body = funnel()
    assert [(stage["stage"], stage["name"], stage["reached"]) for stage in body["stages"][:3]] == [
        ("qualification", "Qualification", 1),
        ("offer", "Offer", 1),
        ("negotiation", "Negotiation", 0),
    ]


def test_reordered_stages_are_counted_in_the_order_of_today(add, funnel, owner):
    add("qualification", "proposal")
    moved = stage(owner, "negotiation")
    moved.position = 1
    moved.save_by(owner)

    assert [(stage["stage"], stage["reached"]) for stage in funnel()["stages"]] == [
        ("negotiation", 1),
        ("qualification", 1),
        ("proposal", 1),
        ("closed", 0),
    ]


def test_a_deleted_stage_leaves_what_its_deals_reached_next(add, funnel, owner):
    add("qualification", "proposal")
    delete_stage(stage(owner, "proposal"), move_to=stage(owner, "negotiation"), by=owner)

    assert [(stage["stage"], stage["total"], stage["reached"]) for stage in funnel()["stages"]] == [
        ("qualification", 0, 1),
        ("negotiation", 1, 1),
        ("closed", 0, 0),
    ]


@pytest.fixture
def partners(owner):
    """Another pipeline, with two stages."""
    pipeline = Pipeline(name="Partners").save_by(owner)
    for name in ("Talk", "Sign"):
        Stage(pipeline=pipeline, slug=name.lower(), name=name).save_by(owner)
    return pipeline


def test_another_pipeline_by_its_id(add, figures, partners):
    add("qualification")
    add("talk")

    assert figures("stage", pipeline_id=partners.pk) == ["talk", "sign"]
    assert figures("total", pipeline_id=partners.pk) == [1, 0]
    assert figures("total") == [1, 0, 0, 0]


def test_a_deal_that_changed_its_pipeline_was_in_both(add, figures, partners):
    add("qualification", "proposal", "talk")

    assert figures("reached") == [1, 1, 0, 0]
    assert figures("reached", pipeline_id=partners.pk) == [1, 0]


def test_a_pipeline_without_stages_has_an_empty_funnel(funnel, owner):
    pipeline = Pipeline(name="Empty").save_by(owner)

    assert funnel(pipeline_id=pipeline.pk) == {
        "pipeline_id": pipeline.pk,
        "currency": "EUR",
        "stages": [],
        "unconverted": [],
    }


def test_a_foreign_pipeline_is_answered_like_none(call, owner, stranger):
    foreign = Pipeline.objects.for_membership(stranger).get().pk

    answers = [call(owner).get(PATH, {"pipeline_id": text}) for text in (foreign, 999_999, "x", "0", 2**63)]
    assert {answer.status_code for answer in answers} == {400}
    assert [[(error["pointer"], error["code"]) for error in answer.json()["errors"]] for answer in answers] == [
        [("/pipeline_id", "does_not_exist")]
    ] * 5


def test_deals_of_another_organization_do_not_count(figures, stranger):
    DealFactory(by=stranger)

    assert figures("total") == figures("reached") == [0, 0, 0, 0]
