"""What people write into forms is read as they mean it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from organizations.tenancy.form_fields import AmountField


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("en", "12400", "12400"),
        ("en", "12,400.50", "12400.50"),
        ("en", " 12 400.50 ", "12400.50"),
        ("ru", "12\xa0400,50", "12400.50"),
        ("ru", "12400.50", "12400.50"),
        ("en", "-5", "-5"),
        ("en", "", "0"),
    ],
)
def test_amount_is_written_as_the_reader_writes_it(language, text, amount):
    with translation.override(language):
        assert AmountField(required=False, max_digits=18, decimal_places=2).clean(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["twelve thousand", "12.400,00", "1,2,3", "NaN", "Infinity", "1e", "€12"])
def test_amount_that_is_none_says_how_to_write_one(text):
    with pytest.raises(ValidationError) as refusal:
        AmountField(max_digits=18, decimal_places=2).clean(text)

    assert refusal.value.messages == ["Write the amount in digits, like 12,400.00."]


def test_example_is_written_as_the_reader_writes_it():
    with translation.override("ru"), pytest.raises(ValidationError) as refusal:
        AmountField().clean("много")

    assert "12\xa0400,00" in refusal.value.message


@pytest.mark.parametrize("text", ["0.001", "9" * 17, "1e99"])
def test_amount_beyond_what_can_be_kept_is_refused(text):
    with pytest.raises(ValidationError):
        AmountField(max_digits=18, decimal_places=2).clean(text)


def test_amount_that_is_required_may_be_zero_but_not_left_out():
    assert AmountField().clean("0") == 0
    with pytest.raises(ValidationError, match="required"):
        AmountField().clean("")
