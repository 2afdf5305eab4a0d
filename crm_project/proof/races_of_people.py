"""Races at who belongs to an organization: its last owner, invitations, registrations, tokens, members who leave."""

from __future__ import annotations

import secrets

from crm_project.proof import history
from crm_project.proof.calls import Answer, Request
from crm_project.proof.people import Team
from crm_project.proof.races import WIDTH, Hazard, Round, statuses
from crm_project.proof.rows import deal_rows, timelines
from deals.models import Deal
from organizations import tokens
from organizations.actions import invite, open_organization
from organizations.models import Membership, User
from organizations.roles import Role
from organizations.users import Login

PASSWORD = "a long password of a proof"


def last_owner(team: Team) -> Round:
    """Every owner of an organization lays the role down, or leaves, at once."""
    first, *others = team.people
    seats = [open_organization(first.membership.user, name="Proof of owners")]
    for person in others:
        seat = Membership(organization=seats[0].organization, user=person.membership.user, role=Role.OWNER)
        seats.append(seat.save_by(None))
    requests = [
        person.at(seat).ask("DELETE", f"/members/{seat.pk}")
        if number % 2
        else person.at(seat).ask("PATCH", f"/members/{seat.pk}", {"role": "member"})
        for number, (person, seat) in enumerate(zip(team.people, seats, strict=True))
    ]

    def violations(answers: list[Answer]) -> list[str]:
        done = sum(answer.is_done for answer in answers)
        owners = Membership.objects.filter(organization=seats[0].organization, role=Role.OWNER).count()
        wrong = [] if owners == WIDTH - done and owners >= 1 else [f"{done} of {WIDTH} owners went, {owners} are left"]
        return wrong + statuses(answers, done=(1, WIDTH - 1), refused={409})

    return Round(requests, violations)


def one_invitation(team: Team) -> Round:
    """Half of those who accept are one person, half are others to whom the link was passed on."""
    host = open_organization(team.owner.user, name="Proof of invitations")
    invitation, token = invite(email=f"{secrets.token_hex(6)}@proof.example", role=Role.MEMBER, by=host)
    guests = team.people[1:]
    requests = [
        guests[number // 2 if number % 2 else 0].ask("POST", "/invitations/accept", {"token": token})
        for number in range(WIDTH)
    ]

    def violations(answers: list[Answer]) -> list[str]:
        invitation.refresh_from_db()
        joined = Membership.objects.for_membership(host).count() - 1
        is_right = (joined, invitation.accepted_at is not None) == (1, True)
        return ([] if is_right else [f"{joined} members by one invitation"]) + statuses(answers, done=1, refused={400})

    return Round(requests, violations)


def one_email(team: Team) -> Round:
    email = f"{secrets.token_hex(6)}@proof.example"
    body = {"email": email, "password": PASSWORD, "name": "Anna", "organization_name": "Anna's"}
    request = team.people[0].ask("POST", "/auth/register", body)

    def violations(answers: list[Answer]) -> list[str]:
        users = User.objects.filter(email=email).count()
        seats = Membership.objects.filter(user__email=email).count()
        wrong = [] if (users, seats) == (1, 1) else [f"{users} users with {seats} organizations"]
        return wrong + statuses(answers, done=1, refused={409})

    return Round([_anonymous(request)] * WIDTH, violations)


def one_refresh_token(team: Team) -> Round:
    user = team.owner.user
    pair = tokens.issue(user)
    login = Login.objects.filter(user=user).latest("pk")
    request = team.people[0].ask("POST", "/auth/refresh", {"refresh_token": pair["refresh_token"]})

    def violations(answers: list[Answer]) -> list[str]:
        is_over = not Login.objects.filter(pk=login.pk).exists()
        wrong = [] if is_over else ["the token was used twice, and its login goes on"]
        return wrong + statuses(answers, done=1, refused={401})

    return Round([_anonymous(request)] * WIDTH, violations)


def _anonymous(request: Request) -> Request:
    return Request(request.method, request.path, {"Content-Type": "application/json"}, request.body)


def member_goes_or_gets_deals(team: Team) -> Round:
    leaver = team.join()
    deals = [*team.deals(WIDTH - 6), *team.deals(2, owner=leaver.membership.user)]
    *given, _, _ = deals
    assigned = [
        person.ask("PATCH", f"/deals/{deal.pk}", {"owner_id": leaver.membership.user_id})
        for person, deal in zip(team.people, given, strict=False)
    ]
    removals = [
        person.ask("DELETE", f"/members/{leaver.membership.pk}") for person in team.people[-(WIDTH - len(assigned)) :]
    ]

    def violations(answers: list[Answer]) -> list[str]:
        ids = [deal.pk for deal in deals]
        gone = sum(answer.status == 204 for answer in answers[len(assigned) :])
        is_there = Membership.objects.filter(pk=leaver.membership.pk).exists()
        orphans = Deal.objects.filter(organization=team.organization, owner=leaver.membership.user_id).count()
        wrong = [] if gone == (not is_there) else [f"removed {gone} times, there: {is_there}"]
        wrong += [f"{orphans} deals of nobody"] if orphans and not is_there else []
        rows, told = deal_rows(ids), timelines(ids)
        wrong += [found for pk in ids for found in history.broken_chain(told[pk], rows[pk])]
        return wrong + statuses(answers, done=(0, WIDTH), refused={400, 404, 409})

    return Round([*assigned, *removals], violations)


def two_members_go(team: Team) -> Round:
    """Members are removed by several administrators at once, and hand their deals to each other's removers."""
    leavers = [team.join(), team.join()]
    owned = [team.deals(3, owner=leaver.membership.user) for leaver in leavers]
    requests = [
        person.ask("DELETE", f"/members/{leavers[number % 2].membership.pk}")
        for number, person in enumerate(team.people)
    ]

    def violations(answers: list[Answer]) -> list[str]:
        ids = [deal.pk for deals in owned for deal in deals]
        there = Membership.objects.filter(pk__in=[leaver.membership.pk for leaver in leavers]).count()
        owners = set(Membership.objects.for_membership(team.owner).values_list("user", flat=True))
        rows, told = deal_rows(ids), timelines(ids)
        wrong = [f"deal {pk} is of nobody" for pk, row in rows.items() if row["owner_id"] not in owners]
        wrong += [found for pk in ids for found in history.broken_chain(told[pk], rows[pk])]
        return wrong + statuses(answers, done=2 - there, refused={404})

    return Round(requests, violations)


HAZARDS = (
    Hazard("the last owner from all sides", "the organization's row is locked, then owners are counted", last_owner),
    Hazard("an invitation accepted many times", "the invitation's row is locked", one_invitation),
    Hazard("one e-mail registered many times", "a unique constraint", one_email),
    Hazard("one refresh token many times", "the login's row is locked, a spent token ends it", one_refresh_token),
    Hazard("member removed, deals given to them", "row locks and the composite foreign key", member_goes_or_gets_deals),
    Hazard("two members removed at once", "row locks in one order", two_members_go),
)
