"""Tasks for tests, saved through the hall as a command would."""

import factory

from contacts.tests.factories import RecordFactory
from deals.tests.factories import DealFactory
from tasks.models import Task


class TaskFactory(RecordFactory):
    class Meta:
        model = Task
        rename = {"owner": "assignee"}

    title = factory.Sequence(lambda n: f"Task {n}")
    deal = factory.SubFactory(DealFactory, by=factory.SelfAttribute("..by"))
