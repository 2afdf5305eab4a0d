"""Comments for tests, saved through the hall in the name of `by`."""

import factory

from activities.models import Activity, Type
from contacts.tests.factories import RecordFactory
from deals.tests.factories import DealFactory


class ActivityFactory(RecordFactory):
    class Meta:
        model = Activity
        rename = {"owner": "author"}

    type = Type.COMMENT
    payload = factory.Sequence(lambda n: {"text": f"Comment {n}"})
    deal = factory.SubFactory(DealFactory, by=factory.SelfAttribute("..by"))
