"""Rules × doors: whichever way a deal comes in, the same rule refuses it with the same sentence."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.urls import reverse

from activities.models import Activity
from conftest import Caller
from contacts.models import Contact
from contacts.tests.factories import ContactFactory
from crm_project.tests.doors import DOORS, sentences
from deals.models import Deal, StageChange
from deals.pipelines import Stage
from deals.tests.factories import DealFactory
from organizations.tenancy.forms import TenantForm

OFFENCES = {
    "won without amount": ({"status": "won"}, "A won deal needs an amount above zero."),
    "amount below zero": ({"amount": "-1"}, "Ensure this value is greater than or equal to 0."),
    "amount in thousandths": ({"amount": "1.005"}, "Ensure that there are no more than 2 decimal places."),
    "amount of 17 digits": (
        {"amount": "12345678901234567"},
        "Ensure that there are no more than 16 digits before the decimal point.",
    ),
    "currency that is none": ({"currency": "XXY"}, "Write a currency as its ISO 4217 code, like EUR."),
    "control character": ({"title": "Solar\x07roof"}, "Remove the control characters from this text."),
    "title too long": ({"title": "x" * 201}, "200 characters"),
    "reason too long": ({"lost_reason": "x" * 1001}, "1000 characters"),
}


@pytest.fixture
def world(owner, call, desk, tmp_path, organization):
    """All that a door needs to let a good deal in."""
    return SimpleNamespace(
        by=owner,
        contact=ContactFactory(by=owner, name="Ann"),
        stage=Stage.objects.get(organization=organization, position=1),
        call=call,
        desk=desk,
        folder=tmp_path,
        slug=organization.slug,
        said=StringIO(),
    )


@pytest.mark.parametrize("door", DOORS)
def test_a_good_deal_comes_in_and_tells_its_story(door, world):
    assert DOORS[door]({"title": "Solar roof", "status": "won", "amount": "12.50"}, world) in ([], [None])

    deal = Deal.objects.get()
    assert (deal.title, deal.amount, deal.stage, deal.version) == ("Solar roof", 12.5, world.stage, 1)
    assert [entry.type for entry in Activity.objects.filter(deal=deal)] == ["deal_created"]
    assert StageChange.objects.filter(deal=deal).count() == 1


@pytest.mark.parametrize("offence", OFFENCES)
@pytest.mark.parametrize("door", DOORS)
def test_an_offence_stays_outside(door, offence, world):
    values, sentence = OFFENCES[offence]

    told = DOORS[door]({"title": "Solar roof", **values}, world)

    assert len(told) == 1
    assert sentence in told[0]
    assert (Deal.objects.count(), Activity.objects.count(), StageChange.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("door", ["api", "form", "admin"])  # for the command the same id means the same deal
def test_an_external_id_is_given_once(door, world):
    DealFactory(by=world.by, external_id="A-1")

    told = DOORS[door]({"title": "Solar roof", "external_id": "A-1"}, world)

    assert told == ["Another record has this external id."]
    assert Deal.objects.count() == 1


@pytest.mark.parametrize("door", DOORS)
def test_a_contact_of_another_organization_is_not_there(door, world, stranger):
    world.contact = ContactFactory(by=stranger, name="Foreign Ann")
    Contact.objects.filter(organization=world.by.organization).delete()

    told = DOORS[door]({"title": "Solar roof"}, world)

    assert len(told) == 1
    assert Deal.objects.count() == 0


# What is refused to be deleted, at the two doors that delete


def delete_by_api(path, world):
    return world.call(world.by).delete(f"/api/v1{path}").json()["detail"]


def delete_by_admin(record, world):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_delete"
    response = world.desk.post(reverse(name, args=[record.pk]), {"post": "yes"}, follow=True)
    return str(next(iter(response.context["messages"])))


def contact_with_deals(world):
    DealFactory(by=world.by, contact=world.contact)
    return world.contact, f"/contacts/{world.contact.pk}"


def default_pipeline(world):
    return world.stage.pipeline, f"/pipelines/{world.stage.pipeline_id}"


def stage_with_deals(world):
    DealFactory(by=world.by)
    return world.stage, f"/stages/{world.stage.pk}"


def last_owner(world):
    return world.by, f"/members/{world.by.pk}"


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [
        (contact_with_deals, "This contact has 1 deal"),
        (default_pipeline, "The default pipeline stays."),
        (stage_with_deals, "This stage has 1 deal"),
        (last_owner, "An organization needs an owner"),
    ],
)
def test_what_others_need_stays(kept, sentence, world):
    record, path = kept(world)

    by_api, by_admin = delete_by_api(path, world), delete_by_admin(record, world)

    assert by_api.startswith(sentence)
    assert by_admin == by_api
    assert type(record).objects.filter(pk=record.pk).exists()


# What depends on who acts, at the two doors where members act; operators and commands act as owners do


def change_by_api(deal, name, value, by):
    return Caller(by).patch(f"/api/v1/deals/{deal.pk}", {name: value}).json()["detail"]


def change_by_form(deal, name, value, by):
    class OneFieldForm(TenantForm):
        class Meta:
            model = Deal
            fields = [name]

    chosen = Stage.objects.get(organization=by.organization, slug=value).pk if name == "stage" else value
    form = OneFieldForm({name: chosen}, instance=Deal.objects.get(pk=deal.pk), by=by)
    assert not form.save_or_show()
    return sentences(form)[0]


@pytest.mark.parametrize("door", [change_by_api, change_by_form])
@pytest.mark.parametrize("role", ["member", "manager"])
def test_moving_back_is_for_administrators(door, role, organization, request):
    by = request.getfixturevalue(role)
    proposal = Stage.objects.get(organization=organization, slug="proposal")
    deal = DealFactory(by=by, stage=proposal)

    assert door(deal, "stage", "qualification", by) == "Only an owner or an admin may move a deal back."
    assert Deal.objects.get().stage == proposal


@pytest.mark.parametrize("door", [change_by_api, change_by_form])
def test_a_member_changes_only_their_own(door, owner, member):
    deal = DealFactory(by=owner, title="Solar roof")

    assert door(deal, "title", "Mine now", member) == "You may change only what you own."
    assert Deal.objects.get().title == "Solar roof"


def test_timeline_is_fixed_at_every_door(world):
    deal = DealFactory(by=world.by)
    entry = Activity.objects.get()

    assert world.call(world.by).patch(f"/api/v1/activities/{entry.pk}", {"payload": {}}).status_code == 405
    assert world.call(world.by).delete(f"/api/v1/deals/{deal.pk}/activities").status_code == 405
    for page in ("change", "delete"):
        url = reverse(f"admin:activities_activity_{page}", args=[entry.pk])
        assert world.desk.post(url, {"post": "yes", "type": "comment"}).status_code == 403
    assert Activity.objects.get() == entry
