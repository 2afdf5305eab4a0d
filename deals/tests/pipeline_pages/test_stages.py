"""The stages of a pipeline on its page: changed all at once, moved by arrows, added, deleted."""

import pytest

from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

ADMINISTRATORS_ONLY = "Only an owner or an admin may change this."


@pytest.fixture
def sales(organization):
    return Pipeline.objects.get(organization=organization)


def fields(pipeline, **changes):
    """What the form of all stages sends; `changes` by short name."""
    sent = {}
    for stage in pipeline.stages.all():
        row = {"name": stage.name, "slug": stage.slug, "probability": stage.probability}
        row |= {
            "expected_days": stage.expected_days or "",
            "seen_version": stage.version,
            **changes.get(stage.slug, {}),
        }
        sent |= {f"stage-{stage.pk}-{name}": value for name, value in row.items()}
    return sent


def order(pipeline):
    return [stage.slug for stage in pipeline.stages.all()]


def wrong(page):
    return page.all('<p class="error"[^>]*>(.*?)</p>')


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_read_stages_and_why_they_cannot_change_them(at, request, sales, role):
    page = at(request.getfixturevalue(role)).read(f"pipelines/{sales.pk}/")

    assert page.all("<li>(.*?)</li>") == [
        "Qualificationqualification10%14 days",
        "Proposalproposal40%21 days",
        "Negotiationnegotiation70%21 days",
        "Closedclosed100%—",
    ]
    assert page.all('class="banner">(.*?)</p>') == [ADMINISTRATORS_ONLY]
    assert "<input" not in page.html.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_all_stages_are_saved_at_once(at, request, sales, role):
    reader = at(request.getfixturevalue(role))
    changes = {
        "proposal": {"name": "Offer", "slug": "offer", "probability": 55, "expected_days": ""},
        "closed": {"expected_days": 5},
    }

    page = reader.send(f"pipelines/{sales.pk}/", **fields(sales, **changes))

    assert (page.status, page.url) == (302, f"{reader.place}pipelines/{sales.pk}/")
    assert list(sales.stages.values_list("name", "slug", "probability", "expected_days", "version")) == [
        ("Qualification", "qualification", 10, 14, 1),
        ("Offer", "offer", 55, None, 2),
        ("Negotiation", "negotiation", 70, 21, 1),
        ("Closed", "closed", 100, 5, 2),
    ]
    assert reader.read("pipelines/").toasts == ["Saved the stages of Sales"]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": ""}, ["Name: This field is required."]),
        ({"slug": "closed"}, ["Short name: Another stage of this pipeline has this short name."]),
        ({"probability": 101}, ["Probability, percent: Ensure this value is less than or equal to 100."]),
        ({"probability": "much"}, ["Probability, percent: Enter a whole number."]),
        ({"expected_days": -1}, ["Days until too long: Ensure this value is greater than or equal to 0."]),
    ],
)
def test_one_wrong_row_keeps_all_as_they_were(at, owner, sales, change, errors):
    sent = fields(sales, qualification={"name": "First"}, proposal=change)

    page = at(owner).send(f"pipelines/{sales.pk}/", **sent)

    assert (page.status, page.reasons) == (422, ["Nothing is saved yet. Mend the marked stages."])
    assert wrong(page) == errors
    assert (sales.stages.first().name, 'value="First"' in page.html) == ("Qualification", True)


@pytest.mark.parametrize(
    ("arrow", "slug", "after"),
    [
        ("up", "proposal", ["proposal", "qualification", "negotiation", "closed"]),
        ("down", "proposal", ["qualification", "negotiation", "proposal", "closed"]),
        ("down", "closed", ["qualification", "proposal", "negotiation", "closed"]),
    ],
)
def test_arrow_moves_one_place_and_saves_what_was_written(at, owner, sales, arrow, slug, after):
    stage = sales.stages.get(slug=slug)

    at(owner).send(f"pipelines/{sales.pk}/", **fields(sales, **{slug: {"name": "New"}}), **{arrow: stage.pk})

    stage.refresh_from_db()
    assert (order(sales), stage.name) == (after, "New")


def test_first_stage_goes_no_further_up(at, owner, sales):
    first = sales.stages.first()

    page = at(owner).send(f"pipelines/{sales.pk}/", **fields(sales), up=first.pk)

    assert (page.status, page.reasons) == (422, ["Ensure this value is greater than or equal to 1."])


def test_stage_of_another_pipeline_is_not_moved(at, owner, sales, stranger):
    theirs = Stage.objects.for_membership(stranger).last()

    assert at(owner).send(f"pipelines/{sales.pk}/", **fields(sales), up=theirs.pk).status == 404


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_do_not_change_or_move_them_anyway(at, request, sales, role):
    sent = fields(sales, proposal={"name": "Mine"})

    page = at(request.getfixturevalue(role)).send(f"pipelines/{sales.pk}/", **sent, up=sales.stages.last().pk)

    assert (page.status, page.reasons) == (422, [ADMINISTRATORS_ONLY])
    assert order(sales) == ["qualification", "proposal", "negotiation", "closed"]


def test_stages_that_changed_in_the_meantime_are_not_changed(at, owner, sales):
    sent = fields(sales, proposal={"name": "Mine"})
    stage = sales.stages.get(slug="proposal")
    stage.name = "Theirs"
    stage.save_by(None)

    page = at(owner).send(f"pipelines/{sales.pk}/", **sent)

    stage.refresh_from_db()
    assert page.reasons == ["This record was changed in the meantime. Load it again."]
    assert stage.name == "Theirs"


def test_added_stage_comes_last_with_a_short_name_of_its_name(at, owner, sales):
    page = at(owner).send(f"pipelines/{sales.pk}/stages/new/", name="Подписан", probability=90)

    assert (page.status, page.url[-len(f"{sales.pk}/") :]) == (302, f"{sales.pk}/")
    assert order(sales)[-1] == "podpisan"


def test_name_without_letters_needs_a_short_name(at, owner, sales):
    page = at(owner).send(f"pipelines/{sales.pk}/stages/new/", name="☀", probability=0)

    assert page.errors == (422, {"slug": "This field cannot be blank."})


# Deleting


def test_deleting_names_the_deals_and_asks_where_they_go(at, owner, sales):
    stage = sales.stages.get(slug="proposal")
    for _ in range(2):
        DealFactory(by=owner, stage=stage)

    page = at(owner).read(f"stages/{stage.pk}/delete/")

    assert page.all('class="intro">(.*?)</p>')[0].startswith("2 deals are in this stage.")
    assert page.all("<option[^>]*>(.*?)</option>") == ["Qualification", "Negotiation", "Closed"]
    assert page.all("<option[^>]* selected>(.*?)</option>") == ["Qualification"]


def test_deals_go_where_one_says(at, owner, sales):
    deal = DealFactory(by=owner)
    closed = sales.stages.last()

    page = at(owner).send(f"stages/{deal.stage_id}/delete/", move_to=closed.pk, seen_version=1)

    assert (page.status, order(sales)) == (302, ["proposal", "negotiation", "closed"])
    assert Deal.objects.get().stage == closed


def test_empty_stage_goes_without_a_question(at, owner, sales):
    stage = sales.stages.last()

    assert at(owner).read(f"stages/{stage.pk}/delete/").fields == []
    assert at(owner).send(f"stages/{stage.pk}/delete/").status == 302
    assert order(sales) == ["qualification", "proposal", "negotiation"]


def test_stage_whose_deals_go_nowhere_stays(at, owner, sales):
    deal = DealFactory(by=owner)

    page = at(owner).send(f"stages/{deal.stage_id}/delete/")

    assert (page.status, page.reasons) == (422, ["This stage has 1 deal. Delete or move it first."])
    assert (page.fields, sales.stages.count()) == (["move_to"], 4)


@pytest.mark.parametrize("to", ["itself", "theirs", "x", "9" * 30])
def test_deals_go_only_to_another_stage_of_the_pipeline(at, owner, sales, stranger, to):
    deal = DealFactory(by=owner)
    named = {"itself": deal.stage_id, "theirs": Stage.objects.for_membership(stranger).first().pk}.get(to, to)

    page = at(owner).send(f"stages/{deal.stage_id}/delete/", move_to=named)

    assert (page.status, list(page.errors[1]), sales.stages.count()) == (422, ["move_to"], 4)


def test_last_stage_stays(at, owner, sales):
    sales.stages.exclude(slug="closed").delete()

    page = at(owner).send(f"stages/{sales.stages.get().pk}/delete/")

    assert (page.status, page.reasons) == (422, ["The last stage of a pipeline stays."])


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_delete_no_stage(at, request, sales, role):
    reader = at(request.getfixturevalue(role))
    path = f"stages/{sales.stages.last().pk}/delete/"

    assert reader.read(path).reasons == [ADMINISTRATORS_ONLY]
    assert (reader.send(path).status, sales.stages.count()) == (422, 4)
