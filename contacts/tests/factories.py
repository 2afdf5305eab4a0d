"""Contacts and companies for tests, saved through the hall as a command would."""

import factory

from contacts.models import Company, Contact
from organizations.tests.factories import MembershipFactory


class RecordFactory(factory.django.DjangoModelFactory):
    """A record of the member `by` and of their organization."""

    class Meta:
        abstract = True
        exclude = ["by"]

    by = factory.SubFactory(MembershipFactory)
    organization = factory.SelfAttribute("by.organization")
    owner = factory.SelfAttribute("by.user")

    @classmethod
    def _create(cls, model, *args, **fields):
        return model(**fields).save_by(None)


class CompanyFactory(RecordFactory):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Company {n}")


class ContactFactory(RecordFactory):
    class Meta:
        model = Contact

    name = factory.Sequence(lambda n: f"Contact {n}")
