"""Deals for tests, saved through the hall as a command would."""

import factory

from contacts.tests.factories import ContactFactory, RecordFactory
from deals.models import Deal


class DealFactory(RecordFactory):
    class Meta:
        model = Deal

    title = factory.Sequence(lambda n: f"Deal {n}")
    contact = factory.SubFactory(ContactFactory, by=factory.SelfAttribute("..by"))
