"""Whatever happens to deals, by whichever door and in whatever order, the totals are what a recount says."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction

from contacts.tests.factories import ContactFactory
from deals import recount
from deals.actions import change_deals, delete_stage
from deals.models import Deal, StageChange
from deals.pipelines import Pipeline, Stage
from deals.tests.totals.plainly import counted, kept
from deals.totals import DayTotal
from organizations.tenancy import clock
from organizations.tenancy.bulk import save_all_by

AMOUNTS = ["0.01", "12.30", "999999999.99", "9999999999999999.99"]
CURRENCIES = ["EUR", "USD", "KZT"]


class Story:
    """A team that does whatever comes to its mind."""

    def __init__(self, by, seed):
        self.by, self.random = by, Random(seed)
        self.contact = ContactFactory(by=by)

    def some(self, most=5):
        deals = list(Deal.objects.for_membership(self.by).select_related("stage").order_by("pk"))
        return self.random.sample(deals, min(len(deals), self.random.randint(1, most)))

    def stage(self):
        return self.random.choice(list(Stage.objects.for_membership(self.by).order_by("pk")))

    def new(self):
        return Deal(
            organization=self.by.organization,
            owner=self.by.user,
            contact=self.contact,
            title="?",
            stage=self.stage(),
            status=self.random.choice(["new", "in_progress", "won", "lost"]),
            currency=self.random.choice(CURRENCIES),
            amount=self.random.choice(AMOUNTS),
        )

    def create(self):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=self.random.randint(0, 5000))
        with clock.at(moment):
            self.new().save_by(self.by)

    def create_many(self):
        save_all_by([self.new() for _ in range(self.random.randint(1, 8))], self.by)

    def move(self):
        change_deals(self.some(), by=self.by, stage=self.stage())

    def edit(self):
        for deal in self.some(2):
            deal.amount, deal.currency = self.random.choice(AMOUNTS), self.random.choice(CURRENCIES)
            deal.status = self.random.choice(["new", "won", "lost"])
            deal.save_by(self.by)

    def rename(self):
        change_deals(self.some(), by=self.by, title=str(self.random.random()))

    def delete(self):
        for deal in self.some(2):
            deal.delete_by(self.by)

    def delete_stage(self):
        stage = self.stage()
        others = stage.siblings()
        if others:
            delete_stage(stage, by=self.by, move_to=self.random.choice(list(others.order_by("pk"))))

    def add_stage(self):
        Stage(pipeline=self.stage().pipeline, name=str(self.random.random())).save_by(self.by)

    def think_again(self):
        with transaction.atomic():
            self.random.choice([self.create_many, self.move, self.edit, self.delete])()
            transaction.set_rollback(True)

    def go_around_the_hall(self):
        numbers = [deal.pk for deal in self.some()]
        Deal.objects.filter(pk__in=numbers).update(amount="77.01", currency="JPY", created_at=clock.now())
        StageChange.objects.filter(deal__in=numbers[1:]).update(to_stage=self.stage())
        StageChange.objects.filter(deal__in=numbers[:1]).delete()

    def acts(self):
        often = [self.create, self.create_many, self.move, self.move, self.edit, self.delete]
        return [*often, self.rename, self.delete_stage, self.add_stage, self.think_again, self.go_around_the_hall]


@pytest.mark.parametrize("seed", range(3))
def test_totals_are_what_plain_python_counts(owner, stranger, seed):
    partners = Pipeline(name="Partners").save_by(owner)
    Stage(pipeline=partners, name="Talk").save_by(owner)
    stories = [Story(owner, seed), Story(stranger, seed + 100)]

    for step in range(30):
        story = stories[step % 2]
        story.random.choice(story.acts())()

        assert kept() == counted()
    assert recount.differences(connection) == []
    assert DayTotal.objects.exists()
