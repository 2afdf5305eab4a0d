"""What the API refuses the admin refuses, with the same sentence, and changes nothing."""

from django.contrib.messages import get_messages
from django.urls import reverse

from activities.models import Activity
from contacts.models import Contact
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate, Invitation, Membership, Organization
from organizations.roles import Role
from organizations.tests.factories import MembershipFactory
from tasks.models import Task
from tasks.tests.factories import TaskFactory


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def deal_values(deal, **changes):
    """What the form of a deal sends."""
    return {
        "organization": deal.organization_id,
        "title": deal.title,
        "contact": deal.contact_id,
        "owner": deal.owner_id,
        "stage": deal.stage_id,
        "status": deal.status,
        "amount": deal.amount,
        "currency": deal.currency,
        **changes,
    }


def errors(response):
    form = response.context["adminform"].form
    return {name: list(sentences) for name, sentences in form.errors.items()}


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def api_errors(response):
    return [error["detail"] for error in response.json()["errors"]]


# Changing


def test_a_change_is_the_operators(desk, operator, owner):
    deal = DealFactory(by=owner)

    response = desk.post(url(Deal, "change", deal.pk), deal_values(deal, amount="1200.50"))

    assert response.status_code == 302
    entry = Activity.objects.get(deal=deal, type="amount_changed")
    assert (entry.author, entry.payload["to"]) == (operator, "1200.50")


def test_winning_without_an_amount_is_refused_as_by_the_api(desk, owner, call):
    deal = DealFactory(by=owner)
    answer = call(owner).patch(f"/api/v1/deals/{deal.pk}", {"status": "won"})

    response = desk.post(url(Deal, "change", deal.pk), deal_values(deal, status="won"))

    assert errors(response) == {"amount": api_errors(answer)}
    assert list(Deal.objects.values_list("status", "version")) == [("new", 1)]


def test_change_of_a_record_that_changed_in_the_meantime_is_refused(desk, owner, call):
    deal = DealFactory(by=owner)
    page = desk.get(url(Deal, "change", deal.pk))
    assert '<input type="hidden" name="seen_version" value="1" id="id_seen_version">' in page.content.decode()
    call(owner).patch(f"/api/v1/deals/{deal.pk}", {"title": "Solar park"})

    response = desk.post(url(Deal, "change", deal.pk), deal_values(deal, seen_version=1))

    assert errors(response) == {"__all__": ["This record was changed in the meantime. Load it again."]}


def test_past_due_date_is_refused_as_by_the_api(desk, owner, call):
    task = TaskFactory(by=owner)
    answer = call(owner).patch(f"/api/v1/tasks/{task.pk}", {"due_date": "2020-01-01"})

    values = {"deal": task.deal_id, "title": task.title, "assignee": task.assignee_id, "due_date": "2020-01-01"}
    response = desk.post(url(Task, "change", task.pk), values)

    assert errors(response) == {"due_date": api_errors(answer)}


def test_external_id_that_is_taken_is_refused_as_by_the_api(desk, owner, call):
    ContactFactory(by=owner, external_id="A-1")
    contact = ContactFactory(by=owner)
    answer = call(owner).patch(f"/api/v1/contacts/{contact.pk}", {"external_id": "A-1"})

    values = {"name": contact.name, "owner": contact.owner_id, "external_id": "A-1"}
    response = desk.post(url(Contact, "change", contact.pk), values)

    assert errors(response) == {"external_id": [answer.json()["detail"]]}


def test_last_owner_stays_one_as_by_the_api(desk, owner, call):
    answer = call(owner).patch(f"/api/v1/members/{owner.pk}", {"role": "member"})

    response = desk.post(url(Membership, "change", owner.pk), {"role": "member"})

    assert errors(response) == {"__all__": [answer.json()["detail"]]}


def test_default_pipeline_stays_one_as_by_the_api(desk, owner, call):
    pipeline = Pipeline.objects.get()
    answer = call(owner).patch(f"/api/v1/pipelines/{pipeline.pk}", {"is_default": False})

    response = desk.post(url(Pipeline, "change", pipeline.pk), {"name": "Sales"})

    assert errors(response) == {"is_default": api_errors(answer)}


def test_record_stays_in_its_organization(desk, owner, stranger):
    deal = DealFactory(by=owner)

    desk.post(url(Deal, "change", deal.pk), deal_values(deal, organization=stranger.organization_id, title="New"))

    assert list(Deal.objects.values_list("organization", "title")) == [(owner.organization_id, "New")]


def test_refusal_that_comes_only_at_saving_is_shown_in_the_form(desk, owner, monkeypatch):
    deal = DealFactory(by=owner)
    monkeypatch.setattr(Deal, "refuse_if_wrong", lambda deal, by: None)

    response = desk.post(url(Deal, "change", deal.pk), deal_values(deal, status="won"))

    assert errors(response) == {"amount": ["A won deal needs an amount above zero."]}


# Adding


def test_added_deal_gets_what_the_hall_fills_in(desk, operator, owner):
    contact = ContactFactory(by=owner)
    values = {"organization": owner.organization_id, "title": "Roof", "contact": contact.pk, "owner": owner.user_id}

    response = desk.post(url(Deal, "add"), {**values, "status": "new", "amount": "5"})

    assert response.status_code == 302
    deal = Deal.objects.get()
    assert (deal.stage.slug, deal.currency, deal.version) == ("qualification", "EUR", 1)
    assert [entry.author for entry in deal.activities.all()] == [operator]


def test_organization_is_asked_for_first(desk, db):
    response = desk.post(url(Contact, "add"), {"name": "Anna"})

    assert errors(response) == {"organization": ["This field is required."], "owner": ["This field is required."]}


def test_neighbor_of_another_organization_is_refused(desk, owner, stranger):
    company = CompanyFactory(by=stranger)
    values = {"organization": owner.organization_id, "name": "Anna", "company": company.pk, "owner": owner.user_id}

    response = desk.post(url(Contact, "add"), values)

    assert errors(response) == {"company": ["There is no such record in this organization."]}


def test_somebody_who_is_no_member_can_become_one(desk, organization, stranger):
    values = {"organization": organization.pk, "user": stranger.user_id, "role": "manager"}

    desk.post(url(Membership, "add"), values)

    assert organization.pk in stranger.user.memberships.values_list("organization", flat=True)


def test_new_organization_has_an_owner_and_a_pipeline(desk, stranger):
    values = {"name": "Nordlicht", "base_currency": "EUR", "time_zone": "UTC", "owner": stranger.user_id}

    response = desk.post(url(Organization, "add"), values)

    assert response.status_code == 302
    organization = Organization.objects.get(slug="nordlicht")
    assert list(Membership.objects.filter(organization=organization).values_list("user", "role")) == [
        (stranger.user_id, Role.OWNER)
    ]
    assert Stage.objects.filter(organization=organization, pipeline__is_default=True).count() == 4


def test_new_organization_is_judged_by_the_hall(desk, stranger):
    values = {"name": "Nordlicht", "base_currency": "XXX", "time_zone": "UTC", "owner": stranger.user_id}

    response = desk.post(url(Organization, "add"), values)

    assert errors(response) == {"base_currency": ["Write a currency as its ISO 4217 code, like EUR."]}
    assert not Organization.objects.filter(name="Nordlicht").exists()


def test_invitation_shows_its_link_once(desk, operator, organization):
    values = {"organization": organization.pk, "email": "Max@example.com", "role": "member"}

    response = desk.post(url(Invitation, "add"), values)

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.invited_by) == ("max@example.com", operator)
    assert told(response)[0].startswith("This link is shown only now: http://127.0.0.1:8000/invitations/accept?token=")


def test_invitation_of_a_member_is_refused(desk, organization, member):
    values = {"organization": organization.pk, "email": member.user.email, "role": "member"}

    response = desk.post(url(Invitation, "add"), values)

    assert errors(response) == {"email": ["This person is a member already."]}


def test_rate_is_for_today_when_nothing_else_is_said(desk, organization):
    desk.post(url(ExchangeRate, "add"), {"organization": organization.pk, "currency": "USD", "rate": "0.9"})

    assert ExchangeRate.objects.get().valid_from == organization.today()


def test_operator_who_is_a_member_too_acts_in_their_own_name(client, organization, operator):
    membership = MembershipFactory(organization=organization, user=operator, role=Role.MEMBER)
    client.force_login(operator)

    client.post(url(Pipeline, "add"), {"organization": organization.pk, "name": "Service"})

    assert Pipeline.objects.filter(name="Service").exists()
    assert Membership.objects.get(pk=membership.pk).role == Role.MEMBER
