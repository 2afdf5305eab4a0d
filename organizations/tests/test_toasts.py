"""What was done is told at the next page, with the way back."""

from django.contrib.messages.storage.base import Message

from organizations.tenancy.toasts import tell, way_back


class Request:
    """As much of a request as a message needs."""

    def __init__(self):
        self._messages = self
        self.said = []

    def add(self, level, sentence, extra_tags):
        self.said.append(Message(level, sentence, extra_tags))


def test_toast_without_a_way_back_has_none():
    request = Request()

    tell(request, "Created Anna Karg")

    assert [(str(toast), way_back(toast)) for toast in request.said] == [("Created Anna Karg", {})]


def test_toast_keeps_the_fields_that_take_it_back():
    request = Request()

    tell(request, "Moved", undo="/o/x/deals/7/move/", stage=3, lost_reason="a&b=c", due_date="")

    assert way_back(request.said[0]) == {
        "address": "/o/x/deals/7/move/",
        "values": [("stage", "3"), ("lost_reason", "a&b=c"), ("due_date", "")],
    }
