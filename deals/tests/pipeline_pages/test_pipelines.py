"""The pages of pipelines: every role reads them, owners and admins add, rename, make default, delete."""

import pytest

from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory

ADMINISTRATORS_ONLY = "Only an owner or an admin may change this."


@pytest.fixture
def sales(organization):
    return Pipeline.objects.get(organization=organization)


@pytest.fixture
def partners(organization):
    pipeline = Pipeline(organization=organization, name="Partners").save_by(None)
    Stage(pipeline=pipeline, name="Offer").save_by(None)
    return pipeline


def banners(page):
    return page.all('class="banner">(.*?)</p>')


def named():
    return {pipeline.name: pipeline.is_default for pipeline in Pipeline.objects.all()}


@pytest.mark.parametrize(
    ("role", "reasons"),
    [("owner", []), ("admin", []), ("manager", [ADMINISTRATORS_ONLY]), ("member", [ADMINISTRATORS_ONLY])],
)
def test_every_role_reads_pipelines_with_stages_and_deals(at, request, partners, role, reasons):
    by = request.getfixturevalue(role)
    DealFactory(by=by)

    page = at(by).read("pipelines/")

    assert page.all('class="strong"[^>]*>(.*?)</a>') == ["Sales", "Partners"]
    assert page.all('class="stage">(.*?)</span>') == ["Qualification", "Proposal", "Negotiation", "Closed", "Offer"]
    assert page.all('<span class="muted">(.*? deals?)</span>') == ["1 deal", "0 deals"]
    assert (banners(page), "New pipeline" in page.html) == (reasons, not reasons)


def test_pipelines_of_others_are_not_listed(at, owner, stranger):
    assert at(owner).read("pipelines/").html.count('class="strong"') == 1


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_new_pipeline_begins_with_the_stages_of_the_default_one(at, request, role):
    by = request.getfixturevalue(role)
    Stage.objects.filter(slug="proposal").update(name="Offer", probability=55)
    reader = at(by)

    page = reader.send("pipelines/new/", name="Partners")

    pipeline = Pipeline.objects.get(name="Partners")
    rows = ["slug", "name", "position", "probability", "expected_days"]
    default = Stage.objects.filter(pipeline__is_default=True)
    assert (page.status, page.url) == (302, f"{reader.place}pipelines/{pipeline.pk}/")
    assert list(pipeline.stages.values_list(*rows)) == list(default.values_list(*rows))
    assert (named(), default.get(slug="proposal").name) == ({"Sales": True, "Partners": False}, "Offer")


@pytest.mark.parametrize(
    ("name", "errors"),
    [("", "This field is required."), ("Sales", "Another pipeline has this name."), ("x" * 101, None)],
)
def test_refused_pipeline_is_none(at, owner, name, errors):
    page = at(owner).send("pipelines/new/", name=name)

    assert (page.status, named()) == (422, {"Sales": True})
    assert errors in (None, page.errors[1].get("name"))


def test_renaming(at, owner, sales):
    at(owner).send(f"pipelines/{sales.pk}/edit/", name="Roofs", seen_version=sales.version)

    assert named() == {"Roofs": True}


def test_another_default_with_the_way_back(at, owner, sales, partners):
    reader = at(owner)

    page = reader.send(f"pipelines/{partners.pk}/default/")

    assert (page.url, named()) == (f"{reader.place}pipelines/{partners.pk}/", {"Sales": False, "Partners": True})
    shown = reader.read(f"pipelines/{partners.pk}/")
    assert shown.toasts == ["New deals begin in Partners"]
    assert f'action="{reader.place}pipelines/{sales.pk}/default/" hx-post' in shown.html


def test_empty_pipeline_does_not_become_the_default(at, owner, organization):
    empty = Pipeline(organization=organization, name="Empty").save_by(None)

    page = at(owner).send(f"pipelines/{empty.pk}/default/")

    sentence = "Give this pipeline a stage first: new deals begin in the default one."
    assert (page.status, page.reasons, named()) == (422, [sentence], {"Sales": True, "Empty": False})


def test_deleting(at, owner, partners):
    reader = at(owner)

    page = reader.send(f"pipelines/{partners.pk}/delete/", seen_version=partners.version)

    assert (page.url, named()) == (f"{reader.place}pipelines/", {"Sales": True})


def test_default_pipeline_says_why_it_stays_and_stays(at, owner, sales):
    shown = at(owner).read(f"pipelines/{sales.pk}/")
    sent = at(owner).send(f"pipelines/{sales.pk}/delete/")

    assert ("The default pipeline stays" in shown.html, "Delete pipeline" in shown.html) == (True, False)
    assert sent.reasons == ["The default pipeline stays. Make another one the default first."]
    assert named() == {"Sales": True}


def test_pipeline_with_deals_says_why_it_stays_and_stays(at, owner, partners):
    DealFactory(by=owner, stage=partners.stages.get())

    shown = at(owner).read(f"pipelines/{partners.pk}/")
    sent = at(owner).send(f"pipelines/{partners.pk}/delete/")

    assert ("It stays while it has 1 deal" in shown.html, "Delete pipeline" in shown.html) == (True, False)
    assert (sent.status, sent.reasons) == (422, ["This pipeline has 1 deal. Delete or move it first."])
    assert Deal.objects.get().stage.pipeline == partners


@pytest.mark.parametrize("role", ["manager", "member"])
@pytest.mark.parametrize("path", ["new/", "{pk}/edit/", "{pk}/delete/", "{pk}/default/", "{pk}/stages/new/"])
def test_others_change_nothing(at, request, partners, role, path):
    reader = at(request.getfixturevalue(role))

    page = reader.send("pipelines/" + path.format(pk=partners.pk), name="Mine")

    assert (page.status, ADMINISTRATORS_ONLY in page.html) == (422, True)
    assert (named(), Stage.objects.count()) == ({"Sales": True, "Partners": False}, 5)


@pytest.mark.parametrize("many", [False, True])
def test_pages_ask_the_database_as_often_for_many(at, owner, sales, many, django_assert_num_queries):
    for number in range(5 if many else 0):
        at(owner).send("pipelines/new/", name=f"Pipeline {number}")
        DealFactory(by=owner)
    reader = at(owner)
    reader.read("pipelines/")  # says what was done

    with django_assert_num_queries(7):
        reader.read("pipelines/")
    with django_assert_num_queries(7):
        reader.read(f"pipelines/{sales.pk}/")
