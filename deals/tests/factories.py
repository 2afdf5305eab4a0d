"""Deals for tests, saved through the hall as a command would; and the first pipeline, in two statements."""

import factory

from contacts.tests.factories import ContactFactory, RecordFactory
from deals.actions import first_stages
from deals.models import Deal
from deals.pipelines import Pipeline, Stage


class DealFactory(RecordFactory):
    class Meta:
        model = Deal

    title = factory.Sequence(lambda n: f"Deal {n}")
    contact = factory.SubFactory(ContactFactory, by=factory.SelfAttribute("..by"))


def first_pipeline(organization):
    """What `add_default_pipeline` makes; nearly every test begins with it, so it goes around the hall."""
    pipeline = Pipeline.objects.create(organization=organization, name="Sales", is_default=True, version=1)
    stages = first_stages(pipeline)
    for stage in stages:
        stage.version = 1
    Stage.objects.bulk_create(stages)
