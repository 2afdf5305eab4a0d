"""An exchange rate is exact in every database."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from organizations.models import ExchangeRate

pytestmark = pytest.mark.django_db


def save(owner, rate):
    ExchangeRate(currency="USD", rate=rate, valid_from=date(2026, 1, 1)).save_by(owner)


@pytest.mark.parametrize("rate", ["0.00000001", "0.92345678", "1234567.12345678", "9999999.99999999"])
def test_each_digit_of_a_rate_survives(owner, rate):
    save(owner, rate)

    assert ExchangeRate.objects.get().rate == Decimal(rate)


@pytest.mark.parametrize("rate", ["10000000", "0.000000001", "0", "-1", "NaN"])
def test_no_other_rate_is_taken(owner, rate):
    with pytest.raises(ValidationError) as refusal:
        save(owner, rate)

    assert list(refusal.value.error_dict) == ["rate"]
