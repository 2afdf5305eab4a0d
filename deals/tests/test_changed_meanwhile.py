"""What others do between the steps of a request is answered in words."""

import pytest
from django.db import connection

from contacts.models import Company
from contacts.tests.factories import CompanyFactory, ContactFactory
from deals.models import Deal
from deals.pipelines import Pipeline, Stage
from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate
from organizations.tenancy.refusals import Forbidden
from organizations.tests.answers import refusal


def test_the_company_of_the_contact_went(call, owner, monkeypatch):
    contact = ContactFactory(by=owner, company=CompanyFactory(by=owner))
    prepare = Deal.prepare

    def company_goes_first(deal, stored, by):
        Company.objects.get().delete_by(None)
        prepare(deal, stored, by)

    monkeypatch.setattr(Deal, "prepare", company_goes_first)
    answer = call(owner).post("/api/v1/deals", {"title": "Roof", "contact_id": contact.pk})

    # SQLite names no constraint, and as the company goes in the same transaction, it is back when we look.
    named, unnamed = (400, [("/company_id", "does_not_exist")]), (409, "neighbor_gone")
    assert refusal(answer) == (named if connection.vendor == "postgresql" else unnamed)


def test_a_pipeline_without_stages_says_what_is_missing(call, owner):
    contact = ContactFactory(by=owner)
    Pipeline.objects.get().stages.all().delete()

    answer = call(owner).post("/api/v1/deals", {"title": "Roof", "contact_id": contact.pk})

    assert ("/stage", "no_stages") in refusal(answer)[1]


def test_no_change_is_not_everybodys_either(owner, member):
    deal = DealFactory(by=owner)

    with pytest.raises(Forbidden, match="only what you own"):
        Deal.objects.get(pk=deal.pk).save_by(member)


def test_moving_and_deleting_a_stage_do_not_lock_each_other_out(race, call, owner, admin):
    for _ in range(3):
        stage = Stage(pipeline=Pipeline.objects.get(), name="Pilot", slug="pilot").save_by(owner)
        target = Stage.objects.get(slug="proposal")
        deal = DealFactory(by=owner, stage=stage)

        answers = race(
            lambda stage=stage, target=target: call(owner).delete(f"/api/v1/stages/{stage.pk}?move_to={target.pk}"),
            lambda deal=deal: call(admin).patch(f"/api/v1/deals/{deal.pk}", {"stage": "closed"}),
        )

        assert [answer.status_code for answer in answers] == [204, 200]


def test_a_rate_of_the_base_currency_is_not_let_in_by_a_race(race, call, owner, admin):
    for _ in range(3):
        ExchangeRate.objects.all().delete()
        owner.organization.refresh_from_db()
        call(owner).patch("/api/v1/organizations/current", {"base_currency": "EUR"})

        race(
            lambda: call(owner).patch("/api/v1/organizations/current", {"base_currency": "USD"}),
            lambda: call(admin).post("/api/v1/exchange-rates", {"currency": "USD", "rate": "1.1"}),
        )

        owner.organization.refresh_from_db()
        assert not ExchangeRate.objects.filter(currency=owner.organization.base_currency).exists()
