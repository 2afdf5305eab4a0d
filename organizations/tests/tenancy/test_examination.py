"""A verdict gathers what every judge says, and weighs it."""

import pytest
from django.core.exceptions import ValidationError

from organizations.tenancy.examination import Verdict
from organizations.tenancy.refusals import Conflict, Forbidden

CONFLICT = Conflict("Taken.", "taken", "slug")
FORBIDDEN = Forbidden("Not yours.", "not_yours")
WRONG = ValidationError({"name": ValidationError("Write a name.", "blank")})


def says(refusal):
    """A judge who refuses so."""

    def judge():
        raise refusal

    return judge


def verdict(*refusals):
    """What is raised when the judges said these, in this order."""
    given = Verdict()
    for refusal in refusals:
        given.note(0, says(refusal))
    with pytest.raises((ValidationError, Forbidden)) as raised:
        given.raise_first()
    return raised.value


def test_no_word_is_a_pass():
    given = Verdict()
    given.note(0, lambda: None)

    assert given.all() == {}
    given.raise_first()


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_forbidden_outweighs_all(order):
    assert verdict(*[CONFLICT, WRONG, FORBIDDEN][::order]) is FORBIDDEN


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_wrong_outweighs_a_conflict(order):
    assert verdict(*[CONFLICT, WRONG][::order]).message_dict == {"name": ["Write a name."]}


def test_of_several_conflicts_the_first_is_named():
    assert verdict(CONFLICT, Conflict("Full.", "full")) is CONFLICT


def test_errors_of_all_judges_come_together():
    errors = verdict(WRONG, ValidationError({"name": "Too short.", "phone": "No number."}), ValidationError("Odd."))

    assert errors.message_dict == {
        "name": ["Write a name.", "Too short."],
        "phone": ["No number."],
        "__all__": ["Odd."],
    }


def test_each_place_has_its_own():
    given = Verdict()
    given.note(2, says(FORBIDDEN))
    given.note(5, says(CONFLICT))

    assert given.all() == {2: FORBIDDEN, 5: CONFLICT}


def test_a_field_with_an_error_is_not_sound():
    given = Verdict()
    given.note(0, says(WRONG))

    assert [given.is_sound(0, {"name", "phone"}), given.is_sound(0, {"phone"}), given.is_sound(1, {"name"})] == [
        False,
        True,
        True,
    ]
