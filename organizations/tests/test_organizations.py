"""Organizations: listing one's own, opening, changing and deleting them."""

import pytest
from django.apps import apps

from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.pipelines import Pipeline
from deals.tests.factories import DealFactory
from organizations.actions import delete_organization, invite
from organizations.models import ExchangeRate, Membership, Organization, User
from organizations.roles import Role
from organizations.tenancy.models import TenantModel
from organizations.tests.answers import post, refusal
from organizations.tests.factories import PASSWORD, MembershipFactory
from tasks.tests.factories import TaskFactory

pytestmark = pytest.mark.django_db

CURRENT = "/api/v1/organizations/current"
OWN = "/api/v1/organizations"


def instant(moment):
    return moment.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("path", [OWN, f"{OWN}/me"])
def test_own_organizations_are_listed_by_name_with_the_role_there(call, owner, stranger, path):
    Organization.objects.filter(pk=owner.organization_id).update(name="Zebra")
    Organization.objects.filter(pk=stranger.organization_id).update(name="Ant")
    MembershipFactory(organization=stranger.organization, user=owner.user, role=Role.MANAGER)

    assert call(owner).get(path).json() == [
        {
            "id": organization.pk,
            "name": name,
            "slug": organization.slug,
            "role": role,
            "created_at": instant(organization.created_at),
        }
        for organization, name, role in [
            (stranger.organization, "Ant", "manager"),
            (owner.organization, "Zebra", "owner"),
        ]
    ]


@pytest.mark.parametrize("more", [0, 30])
def test_own_organizations_cost_two_queries(call, owner, more, django_assert_num_queries):
    MembershipFactory.create_batch(more, user=owner.user)
    caller = call(owner)

    with django_assert_num_queries(2):
        assert len(caller.get(f"{OWN}/me").json()) == 1 + more


def test_another_organization_is_opened_with_the_caller_as_owner(call, member):
    answer = call(member).post(OWN, {"name": "Südlicht", "base_currency": "CHF", "time_zone": "Europe/Zurich"})

    organization = Organization.objects.get(name="Südlicht")
    assert answer.status_code == 201
    assert answer["Location"] == "http://testserver/api/v1/organizations/current"
    assert answer.json() == {
        "id": organization.pk,
        "name": "Südlicht",
        "slug": "sudlicht",
        "base_currency": "CHF",
        "time_zone": "Europe/Zurich",
        "created_at": instant(organization.created_at),
        "version": 1,
    }
    assert Membership.objects.get(organization=organization).role == Role.OWNER
    assert Membership.objects.get(organization=organization).user == member.user
    assert Pipeline.objects.get(organization=organization).is_default


def test_short_name_that_is_asked_for_is_kept(call, owner):
    assert call(owner).post(OWN, {"name": "Südlicht", "slug": "sun"}).json()["slug"] == "sun"


def test_taken_short_name_is_a_conflict_and_opens_nothing(call, owner, stranger):
    answer = call(owner).post(OWN, {"name": "Südlicht", "slug": stranger.organization.slug})

    assert refusal(answer) == (409, "slug_taken")
    assert Organization.objects.count() == 2


WRONG = [
    ({"name": " "}, [("/name", "blank")]),
    ({"name": "N\x00"}, [("/name", "control_characters")]),
    ({"name": "N" * 201}, [("/name", "max_length")]),
    ({"name": "N", "slug": ""}, [("/slug", "blank")]),
    ({"name": "N", "slug": "два слова"}, [("/slug", "invalid")]),
    ({"name": "N", "slug": "x" * 61}, [("/slug", "max_length")]),
    (
        {"name": "N", "base_currency": "EURO"},
        [("/base_currency", "currency_unknown")],
    ),
    ({"name": "N", "base_currency": "eur"}, [("/base_currency", "currency_unknown")]),
    ({"name": "N", "base_currency": "DEM"}, [("/base_currency", "currency_unknown")]),
    ({"name": "N", "base_currency": None}, [("/base_currency", "null")]),
    ({"name": "N", "time_zone": "Berlin"}, [("/time_zone", "time_zone_unknown")]),
    ({"name": "N", "version": 7}, [("/version", "read_only_field")]),
    ({"name": "N", "owner": 7}, [("/owner", "unknown_field")]),
    (
        {"name": "", "slug": "!", "base_currency": "XXX", "time_zone": "x", "color": "red"},
        [
            ("/base_currency", "currency_unknown"),
            ("/color", "unknown_field"),
            ("/name", "blank"),
            ("/slug", "invalid"),
            ("/time_zone", "time_zone_unknown"),
        ],
    ),
]


@pytest.mark.parametrize(("body", "errors"), WRONG)
def test_wrong_new_organization_is_named(call, owner, body, errors):
    assert refusal(call(owner).post(OWN, body)) == (400, errors)
    assert Organization.objects.count() == 1


@pytest.mark.parametrize(("body", "errors"), WRONG)
def test_wrong_change_is_named_and_changes_nothing(call, owner, body, errors):
    before = Organization.objects.values().get()

    assert refusal(call(owner).patch(CURRENT, body)) == (400, errors)
    assert Organization.objects.values().get() == before


def test_current_organization(call, member):
    organization = member.organization

    answer = call(member).get(CURRENT)

    assert answer.json() == {
        "id": organization.pk,
        "name": organization.name,
        "slug": organization.slug,
        "base_currency": "EUR",
        "time_zone": "UTC",
        "created_at": instant(organization.created_at),
        "version": 0,
    }
    assert answer["ETag"].startswith('"0-')


def test_change_of_an_organization(call, owner):
    change = {"name": "Nordlicht", "slug": "nord", "base_currency": "SEK", "time_zone": "Europe/Stockholm"}

    answer = call(owner).patch(CURRENT, change)

    assert (answer.status_code, answer.json()["version"]) == (200, 1)
    assert {name: answer.json()[name] for name in change} == change
    assert Organization.objects.values(*change).get() == change


def test_taken_short_name_is_a_conflict(call, owner, stranger):
    answer = call(owner).patch(CURRENT, {"slug": stranger.organization.slug})

    assert refusal(answer) == (409, "slug_taken")
    owner.organization.refresh_from_db()
    assert owner.organization.slug != stranger.organization.slug


def test_stale_version_is_refused_with_the_current_one(call, owner):
    caller = call(owner)
    tag = caller.get(CURRENT)["ETag"]
    current = caller.patch(CURRENT, {"name": "Nordlicht"}).json()

    answer = caller.patch(CURRENT, {"name": "Südlicht"}, headers={"If-Match": tag})

    assert refusal(answer) == (412, "stale_version")
    assert answer.json()["current"] == current


def test_known_state_is_not_sent_again(call, owner):
    caller = call(owner)
    tag = caller.get(CURRENT)["ETag"]

    answer = caller.get(CURRENT, headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content) == (304, b"")


def test_base_currency_stays_while_there_are_rates_to_it(call, owner):
    call(owner).post("/api/v1/exchange-rates", {"currency": "USD", "rate": "0.9"})

    assert refusal(call(owner).patch(CURRENT, {"base_currency": "SEK"})) == (400, [("/base_currency", "rates_exist")])


# Deleting


def rows_by_model(organization):
    models = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    return {model._meta.label: model._base_manager.filter(organization=organization).count() for model in models}


def furnish(membership):
    """A row of every model that belongs to an organization."""
    contact = ContactFactory(by=membership, company=CompanyFactory(by=membership))
    TaskFactory(by=membership, deal=DealFactory(by=membership, contact=contact))
    DealFactory(by=membership, contact=contact, status="lost")
    ExchangeRate(organization=membership.organization, currency="USD", rate=1).save_by(membership)
    invite(email="guest@example.com", role=Role.MEMBER, by=membership)


def test_deleted_organization_leaves_nothing_and_the_others_untouched(call, owner, admin, stranger):
    furnish(owner)
    furnish(stranger)
    of_others = rows_by_model(stranger.organization_id)
    assert 0 not in rows_by_model(owner.organization_id).values()

    answer = call(owner).delete(CURRENT, {"confirm": owner.organization.slug})

    assert (answer.status_code, answer.content) == (204, b"")
    assert set(rows_by_model(owner.organization_id).values()) == {0}
    assert rows_by_model(stranger.organization_id) == of_others
    assert list(Organization.objects.all()) == [stranger.organization]


def test_user_of_a_deleted_organization_logs_in_and_opens_another(call, owner):
    call(owner).delete(CURRENT, {"confirm": owner.organization.slug})

    answer = post("/auth/login", {"email": owner.user.email, "password": PASSWORD})

    assert answer.json()["user"]["id"] == owner.user_id
    assert call(owner).get(f"{OWN}/me").json() == []
    assert call(owner).post(OWN, {"name": "Another"}).status_code == 201


def test_deleted_organization_is_like_one_that_never_was(call, owner):
    caller = call(owner)
    caller.delete(CURRENT, {"confirm": owner.organization.slug})

    assert refusal(caller.get(CURRENT)) == (403, "not_a_member")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (None, [("/confirm", "required")]),
        ({}, [("/confirm", "required")]),
        ({"confirm": ""}, [("/confirm", "blank")]),
        ({"confirm": True}, [("/confirm", "invalid")]),
        ({"confirm": "another"}, [("/confirm", "not_confirmed")]),
        ({"confirm": "ORGANIZATION"}, [("/confirm", "not_confirmed")]),
        ({"confirm": "organization", "force": True}, [("/force", "unknown_field")]),
    ],
)
def test_unconfirmed_deletion_deletes_nothing(call, owner, body, errors):
    Organization.objects.update(slug="organization")
    before = rows_by_model(owner.organization_id)

    assert refusal(call(owner).delete(CURRENT, body)) == (400, errors)
    assert rows_by_model(owner.organization_id) == before


def test_stale_deletion_is_refused(call, owner):
    answer = call(owner).delete(CURRENT, {"confirm": owner.organization.slug}, headers={"If-Match": '"7"'})

    assert refusal(answer) == (412, "stale_version")
    assert Organization.objects.exists()


def test_role_is_asked_before_the_confirmation(call, admin):
    assert refusal(call(admin).delete(CURRENT, {"confirm": "another"})) == (403, "owners_only")


def test_command_deletes_an_organization(owner):
    delete_organization(owner.organization, confirm=owner.organization.slug, by=None)

    assert not Organization.objects.exists()
    assert User.objects.filter(pk=owner.user_id).exists()


def test_two_owners_delete_at_once(race, call, owner):
    second = MembershipFactory(organization=owner.organization, role=Role.OWNER)
    confirm = {"confirm": owner.organization.slug}

    answers = race(*[lambda by=by: call(by).delete(CURRENT, confirm) for by in (owner, second)])

    assert sorted(answer.status_code for answer in answers) in ([204, 403], [204, 404])
    assert not Organization.objects.exists()
