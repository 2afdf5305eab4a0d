"""Removing a member: everything they answered for goes to another one, and the timeline says who did it."""

import pytest

from activities.models import Activity
from contacts.models import Company, Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.tests.factories import DealFactory
from organizations.models import Membership
from organizations.roles import Role
from organizations.tests.answers import refusal
from organizations.tests.factories import MembershipFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db


def remove(caller, membership, query=""):
    return caller.delete(f"/api/v1/members/{membership.pk}{query}")


def furnish(membership):
    contact = ContactFactory(by=membership, company=CompanyFactory(by=membership))
    deal = DealFactory(by=membership, contact=contact)
    return TaskFactory(by=membership, deal=deal)


def responsible():
    """Who answers for each record."""
    owners = [set(model.objects.values_list("owner", flat=True)) for model in (Company, Contact, Deal)]
    return [*owners, set(Task.objects.values_list("assignee", flat=True))]


@pytest.fixture
def heir(organization):
    return MembershipFactory(organization=organization, user__name="Heidi Heir")


def test_records_go_to_whom_the_remover_names(call, owner, member, heir):
    furnish(member)

    answer = remove(call(owner), member, f"?reassign_to={heir.pk}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert responsible() == [{heir.user_id}] * 4
    assert not Membership.objects.filter(pk=member.pk).exists()


def test_records_go_to_the_remover_by_default(call, owner, admin, member):
    furnish(member)

    remove(call(admin), member)

    assert responsible() == [{admin.user_id}] * 4


def test_records_of_who_leaves_go_to_an_owner_by_default(call, admin, owner, member):
    furnish(member)

    assert remove(call(member), member).status_code == 204

    assert responsible() == [{owner.user_id}] * 4


def test_records_of_an_owner_who_leaves_go_to_another_owner(call, owner, member):
    second = MembershipFactory(organization=owner.organization, role=Role.OWNER)
    furnish(owner)

    remove(call(owner), owner)

    assert responsible() == [{second.user_id}] * 4


def test_records_of_who_leaves_go_to_an_owner_who_can_sign_in(call, organization, member):
    MembershipFactory(organization=organization, role=Role.OWNER, user__is_active=False)
    active = MembershipFactory(organization=organization, role=Role.OWNER)
    furnish(member)

    remove(call(member), member)

    assert responsible() == [{active.user_id}] * 4


def test_who_leaves_may_name_who_takes_over(call, owner, member, heir):
    furnish(member)

    remove(call(member), member, f"?reassign_to={heir.pk}")

    assert responsible() == [{heir.user_id}] * 4


def test_timeline_tells_the_new_owner_and_who_did_it(call, admin, member, heir):
    deal = furnish(member).deal

    remove(call(admin), member, f"?reassign_to={heir.pk}")

    told = Activity.objects.filter(type="owner_changed").values("deal", "author", "payload").get()
    assert told == {
        "deal": deal.pk,
        "author": admin.user_id,
        "payload": {"from": member.user_id, "to": heir.user_id},
    }


def test_timeline_names_the_member_who_left(call, owner, member):
    furnish(member)

    remove(call(member), member)

    assert Activity.objects.get(type="owner_changed").author_id == member.user_id


def test_handed_over_records_get_a_new_version(call, owner, member):
    task = furnish(member)

    remove(call(owner), member)

    for record in (task, task.deal, task.deal.contact, task.deal.contact.company):
        before = record.version
        record.refresh_from_db()
        assert record.version == before + 1


def test_records_of_others_stay_with_them(call, owner, member, heir):
    furnish(member)
    furnish(heir)

    remove(call(owner), member)

    assert responsible() == [{owner.user_id, heir.user_id}] * 4


def test_records_in_other_organizations_stay(call, owner, member, stranger):
    elsewhere = MembershipFactory(organization=stranger.organization, user=member.user)
    furnish(elsewhere)

    remove(call(owner), member)

    assert responsible() == [{member.user_id}] * 4
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_what_a_removed_member_did_stays_theirs(call, owner, member):
    deal = DealFactory(by=owner)
    call(member).post(f"/api/v1/deals/{deal.pk}/activities", {"type": "comment", "payload": {"text": "Hello"}})

    remove(call(owner), member)

    timeline = call(owner).get(f"/api/v1/deals/{deal.pk}/activities").json()["results"]
    assert [entry["author_name"] for entry in timeline] == [None, "Max Member"]


@pytest.mark.parametrize(
    ("reassign_to", "code"),
    [("", "blank"), *[(text, "does_not_exist") for text in ("0", "-1", "x", "1.0", str(2**63), "999999")]],
)
def test_heir_who_is_none_is_named_and_nobody_removed(call, owner, member, reassign_to, code):
    furnish(member)

    answer = remove(call(owner), member, f"?reassign_to={reassign_to}")

    assert refusal(answer) == (400, [("/reassign_to", code)])
    assert responsible() == [{member.user_id}] * 4


def test_heir_of_another_organization_is_like_one_that_never_was(call, owner, member, stranger):
    foreign = remove(call(owner), member, f"?reassign_to={stranger.pk}")
    unknown = remove(call(owner), member, "?reassign_to=999999")

    assert refusal(foreign) == (400, [("/reassign_to", "does_not_exist")])
    assert foreign.json()["errors"] == unknown.json()["errors"]


def test_nobody_inherits_from_oneself(call, owner, member):
    answer = remove(call(owner), member, f"?reassign_to={member.pk}")

    assert refusal(answer) == (400, [("/reassign_to", "same_member")])


def test_unknown_parameter_is_refused(call, owner, member):
    assert refusal(remove(call(owner), member, "?move_to=1")) == (400, [("/move_to", "unknown_parameter")])


def test_refused_removal_hands_nothing_over(call, manager, member):
    furnish(member)

    assert refusal(remove(call(manager), member)) == (403, "administrators_only")
    assert responsible() == [{member.user_id}] * 4
    assert not Activity.objects.filter(type="owner_changed").exists()


def test_removal_costs_the_same_for_many_records(call, owner, heir, django_assert_max_num_queries):
    many = MembershipFactory(organization=owner.organization)
    contact = ContactFactory(by=many)
    for deal in DealFactory.create_batch(20, by=many, contact=contact):
        TaskFactory(by=many, deal=deal)

    with django_assert_max_num_queries(40):
        assert remove(call(owner), many).status_code == 204


@pytest.mark.parametrize("_round", range(3))
def test_member_who_makes_a_deal_while_being_removed_leaves_none_behind(race, call, owner, member, _round):
    contact = ContactFactory(by=owner)
    body = {"contact_id": contact.pk, "title": "Late"}

    removed, made = race(lambda: remove(call(owner), member), lambda: call(member).post("/api/v1/deals", body))

    assert removed.status_code == 204
    assert made.status_code in (201, 400, 403)
    assert not Deal.objects.exclude(owner=owner.user).exists()


@pytest.mark.parametrize("_round", range(3))
def test_deal_that_is_deleted_while_its_owner_is_removed_is_gone(race, call, owner, member, _round):
    deal = DealFactory(by=member)

    removed, deleted = race(lambda: remove(call(owner), member), lambda: call(owner).delete(f"/api/v1/deals/{deal.pk}"))

    assert (removed.status_code, deleted.status_code) == (204, 204)
    assert not Deal.objects.exists()
