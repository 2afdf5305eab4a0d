"""What the audit keeps, of whom, from where; and that nobody changes it."""

from types import SimpleNamespace

import pytest
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.tests.factories import ContactFactory
from organizations import actions, tokens, whence
from organizations.audit import AuditEntry, Departure, Type
from organizations.models import Invitation, Membership, Organization
from organizations.roles import Role
from organizations.tenancy.refusals import Forbidden
from organizations.tests.answers import post
from organizations.tests.factories import PASSWORD, MembershipFactory, UserFactory
from organizations.tests.second_factors import give_app

pytestmark = pytest.mark.django_db


def kept(organization, *names):
    """The entries of an organization in their order: type and author, and what else is asked for."""
    entries = AuditEntry.objects.filter(organization=organization).order_by("id")
    return [(entry.type, entry.author, *(getattr(entry, name) for name in names)) for entry in entries]


def sign_in(membership, password=PASSWORD, **headers):
    return Client().post("/sign-in/", {"login": membership.user.email, "password": password}, headers=headers)


def test_sign_in_is_kept_with_its_address_and_browser(owner):
    sign_in(owner, **{"User-Agent": "Firefox"})

    assert kept(owner.organization, "address", "browser") == [(Type.SIGNED_IN, owner.user, "127.0.0.1", "Firefox")]


def test_sign_in_is_kept_in_each_organization_of_the_user(owner, stranger):
    elsewhere = MembershipFactory(user=owner.user)

    post("/auth/login", {"email": owner.user.email, "password": PASSWORD})

    assert kept(elsewhere.organization, "payload") == [(Type.SIGNED_IN, owner.user, {"by": "program"})]
    assert kept(owner.organization) == [(Type.SIGNED_IN, owner.user)]
    assert kept(stranger.organization) == []


@pytest.mark.parametrize("door", ["api", "page", "admin"])
def test_failed_sign_in_is_kept_without_the_password(client, owner, door):
    email = owner.user.email
    if door == "api":
        post("/auth/login", {"email": email, "password": "wr0ng"})
    elif door == "page":
        sign_in(owner, "wr0ng")
    else:
        client.post("/admin/login/", {"username": email, "password": "wr0ng"})

    assert kept(owner.organization, "about", "payload", "address") == [
        (Type.SIGN_IN_FAILED, None, email, {"wrong": "password"}, "127.0.0.1")
    ]


def test_failure_takes_no_longer_of_who_is_known(owner):
    def statements(email):
        waiting = whence.current.set(SimpleNamespace(afterwards=[]))
        with CaptureQueriesContext(connection) as captured:
            authenticate(None, username=email, password="wrong")
        whence.current.reset(waiting)
        return len(captured)

    assert statements(owner.user.email) == statements("nobody@example.com") == 1


def test_failure_of_nobody_is_only_logged(owner, caplog):
    post("/auth/login", {"email": "nobody@example.com", "password": "wrong"})

    assert AuditEntry.objects.count() == 0
    assert "A sign-in failed, of nobody whom we know." in caplog.text


def test_wrong_code_is_kept(owner):
    give_app(owner.user)

    post("/auth/login", {"email": owner.user.email, "password": PASSWORD, "code": "000000"})

    assert kept(owner.organization, "payload") == [(Type.SIGN_IN_FAILED, None, {"wrong": "code"})]


def test_replay_of_a_refresh_token_is_kept(owner):
    token = tokens.issue(owner.user)["refresh_token"]
    post("/auth/refresh", {"refresh_token": token})

    post("/auth/refresh", {"refresh_token": token})

    assert kept(owner.organization) == [(Type.SIGNED_IN, owner.user), (Type.TOKEN_REPLAYED, None)]


def test_change_of_the_password_is_kept(call, owner):
    call(owner).post("/api/v1/users/me/password", {"current_password": PASSWORD, "new_password": PASSWORD[::-1]})

    assert kept(owner.organization) == [(Type.PASSWORD_CHANGED, owner.user)]


@pytest.mark.parametrize(
    ("signal", "change"),
    [
        (signals.authenticator_added, "added"),
        (signals.authenticator_removed, "removed"),
        (signals.authenticator_reset, "renewed"),
    ],
)
def test_second_factor_is_kept(owner, signal, change):
    factor = Authenticator(user=owner.user, type="totp", data={"secret": "x"})
    signal.send(sender=Authenticator, request=None, user=owner.user, authenticator=factor)

    assert kept(owner.organization, "payload") == [
        (Type.SECOND_FACTOR_CHANGED, owner.user, {"factor": "totp", "change": change})
    ]


def test_role_is_kept_as_it_was_and_as_it_is(owner, member):
    member.role = Role.MANAGER
    member.save_by(owner)

    assert kept(owner.organization, "about", "payload") == [
        (Type.ROLE_CHANGED, owner.user, member.user.email, {"from": "member", "to": "manager"})
    ]


def test_refused_change_keeps_nothing(member, manager):
    manager.role = Role.OWNER
    with pytest.raises(Forbidden):
        manager.save_by(member)

    assert kept(member.organization) == []


def test_members_come_and_go(owner):
    _, token = actions.invite(email="ann@example.com", role=Role.MEMBER, by=owner)
    ann = actions.accept_invitation_as_new(token=token, name="Ann", password=PASSWORD)
    actions.remove_member(ann, by=owner)

    assert kept(owner.organization, "about", "payload") == [
        (Type.INVITED, owner.user, "ann@example.com", {"role": "member"}),
        (Type.MEMBER_JOINED, ann.user, "ann@example.com", {"role": "member"}),
        (Type.MEMBER_REMOVED, owner.user, "ann@example.com", {"role": "member"}),
    ]


def test_invitation_that_is_taken_back_is_kept(owner):
    invitation, _ = actions.invite(email="ann@example.com", role=Role.ADMIN, by=owner)
    Invitation.objects.get(pk=invitation.pk).delete_by(owner)

    assert kept(owner.organization, "about")[1] == (Type.INVITATION_REVOKED, owner.user, "ann@example.com")


def test_change_of_the_organization_is_kept(owner):
    organization = owner.organization
    organization.name = "Nordlicht"
    organization.save_by(owner)

    assert kept(organization, "about", "payload") == [
        (Type.ORGANIZATION_CHANGED, owner.user, "Nordlicht", {"fields": ["name"]})
    ]


def test_what_operators_change_and_delete_is_kept(desk, operator, owner):
    contact = ContactFactory(by=owner, name="Anna Karg")
    page = f"/admin/contacts/contact/{contact.pk}/"
    form = {"name": "Anna Kark", "owner": owner.user_id, "seen_version": contact.version}
    desk.post(page + "change/", form)
    desk.post(page + "delete/", {"post": "yes"})

    assert kept(owner.organization, "about", "payload") == [
        (
            Type.OPERATOR_CHANGED,
            operator,
            "Anna Kark",
            {"kind": "contact", "id": contact.pk, "fields": ["name"]},
        ),
        (Type.OPERATOR_DELETED, operator, "Anna Kark", {"kind": "contact", "id": contact.pk}),
    ]


def test_login_that_an_operator_ends_is_kept(desk, operator, owner):
    tokens.issue(owner.user)
    login = owner.user.logins.get()
    desk.post(f"/admin/organizations/login/{login.pk}/delete/", {"post": "yes"})

    assert kept(owner.organization, "payload")[1] == (Type.OPERATOR_DELETED, operator, {"kind": "login"})


@pytest.fixture
def entry(owner):
    tokens.issue(owner.user)
    return AuditEntry.objects.get(organization=owner.organization)


def refused(act):
    with pytest.raises(IntegrityError, match="neither changed nor deleted"), transaction.atomic():
        act()


def test_the_hall_refuses_to_change_and_to_delete_it(owner, entry):
    entry.about = "somebody else"
    with pytest.raises(Forbidden, match="is not edited"):
        entry.save_by(owner)
    with pytest.raises(Forbidden, match="is not deleted"):
        entry.delete_by(None)


def test_nobody_writes_it_by_the_hall(owner):
    with pytest.raises(Forbidden, match="writes itself"):
        AuditEntry(organization=owner.organization, type=Type.SIGNED_IN).save_by(owner)


def test_the_database_refuses_to_change_and_to_delete_it(entry):
    rows = AuditEntry.objects.filter(pk=entry.pk)

    refused(lambda: rows.update(about="somebody else"))
    refused(rows.delete)
    refused(entry.save)
    assert rows.get().about == entry.about


def test_the_admin_shows_it_only(desk, entry):
    page = f"/admin/organizations/auditentry/{entry.pk}/"

    assert desk.get(page + "change/").status_code == 200
    answers = [desk.post(page + "change/", {"about": "x"}), desk.post(page + "delete/", {"post": "yes"})]
    assert [answer.status_code for answer in answers] == [403, 403]


def test_it_goes_with_its_organization(owner, entry, stranger):
    tokens.issue(stranger.user)

    actions.delete_organization(owner.organization, confirm=owner.organization.slug, by=owner)

    assert set(AuditEntry.objects.values_list("organization", flat=True)) == {stranger.organization_id}
    departure = Departure.objects.get(pk=owner.organization_id)
    assert (departure.slug, departure.deleted_by) == (owner.organization.slug, owner.user.email)
    assert not Organization.objects.filter(pk=owner.organization_id).exists()


def test_refused_deletion_of_the_organization_opens_nothing(admin, entry):
    with pytest.raises(Forbidden):
        actions.delete_organization(admin.organization, confirm=admin.organization.slug, by=admin)

    assert not Departure.objects.filter(pk=admin.organization_id).exists()
    refused(AuditEntry.objects.filter(pk=entry.pk).delete)


def test_whoever_is_in_it_is_deactivated_and_not_deleted(owner, entry):
    Membership.objects.filter(pk=owner.pk).delete()

    with pytest.raises(IntegrityError):
        owner.user.delete()


def test_user_without_an_organization_is_in_no_audit():
    user = UserFactory()

    tokens.issue(user)

    assert AuditEntry.objects.count() == 0
