"""A check says in Python what the database says."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q, Value
from django.db.models.lookups import GreaterThan
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contacts.tests.factories import ContactFactory
from deals.models import CLOSED, Deal, Status
from deals.tests.factories import DealFactory
from organizations.tenancy.constraints import Check

pytestmark = pytest.mark.django_db

ON_ONE_ROW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATUSES = st.sampled_from([*Status.values, None])
AMOUNTS = st.sampled_from([Decimal("-0.01"), Decimal(0), Decimal("0.01"), Decimal("9999999999999999.99"), None])
MOMENTS = st.sampled_from([None, datetime(2026, 1, 1, tzinfo=UTC)])
CHECKS = [constraint for constraint in Deal._meta.constraints if isinstance(constraint, Check)]
LEAVES = st.builds(Q, status=STATUSES.filter(bool)) | st.sampled_from(
    [
        Q(amount__gt=0),
        Q(amount__gte=0),
        Q(amount__lt=1),
        Q(amount__lte=0),
        Q(closed_at__isnull=True),
        Q(closed_at__isnull=False),
        Q(status__in=CLOSED),
    ]
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda some: st.builds(Q.__and__, some, some) | st.builds(Q.__or__, some, some) | st.builds(Q.__invert__, some),
)


def check(condition):
    return Check(name="check", field="amount", condition=condition, violation_error_message="No.")


def passes(rule, deal):
    try:
        rule.validate(Deal, deal)
    except ValidationError:
        return False
    return True


def database_takes(deal, **columns):
    try:
        with transaction.atomic():
            Deal.objects.filter(pk=deal.pk).update(**columns)
    except IntegrityError:
        return False
    return True


@ON_ONE_ROW
@given(condition=CONDITIONS, status=STATUSES, amount=AMOUNTS, closed_at=MOMENTS)
@example(~Q(~Q(status="won")), None, Decimal(0), None)
@example(~(Q(amount__gt=0) & ~Q(status="won")), None, None, None)
def test_any_condition_is_judged_as_the_database_judges_it(db, condition, status, amount, closed_at):
    deal = Deal(status=status, amount=amount, closed_at=closed_at)

    assert passes(check(condition), deal) == passes(models.CheckConstraint(name="check", condition=condition), deal)


@ON_ONE_ROW
@given(status=STATUSES.filter(bool), amount=AMOUNTS.filter(lambda amount: amount is not None), closed_at=MOMENTS)
def test_the_checks_of_a_deal_are_those_of_its_table(owner, status, amount, closed_at):
    deal = Deal.objects.first() or DealFactory(by=owner, contact=ContactFactory(by=owner))
    columns = {"status": status, "amount": amount, "closed_at": closed_at}
    expected = all(passes(rule, Deal(**columns)) for rule in CHECKS)

    assert database_takes(deal, **columns) == expected


def test_a_broken_check_is_shown_at_its_field():
    rule = Deal._meta.constraints[2]

    with pytest.raises(ValidationError) as refusal:
        rule.validate(Deal, Deal(status=Status.WON, amount=0))

    assert refusal.value.message_dict == {"amount": ["A won deal needs an amount above zero."]}
    assert refusal.value.error_dict["amount"][0].code == "amount_required"


def test_a_check_knows_the_fields_that_it_looks_at():
    assert check(Q(amount__gt=0) | ~Q(status="won", closed_at=5)).names == {"amount", "status", "closed_at"}


def test_only_the_broken_rows_are_named():
    deals = [Deal(amount=1), Deal(amount=0), Deal(amount=None)]

    assert check(Q(amount__gt=0)).broken_by(deals) == {1}


@pytest.mark.parametrize(
    "condition",
    [
        Q(title__icontains="a"),
        Q(contact__name="Anna"),
        Q(created_at__date__gte="2026-01-01"),
        Q(amount__gt=0) | ~Q(title__startswith="a"),
        Q(amount__gt=0) ^ Q(status="won"),
        Q(amount=F("version")),
        Q(amount=Value(1)),
        Q(amount__in=[1, F("version")]),
        Q(closed_at=None),
        Q(amount__in=[None, 1]),
        Q(status__in="won"),
        Q(amount__gt=0) & Q(GreaterThan(F("amount"), Value(0))),
        GreaterThan(F("amount"), Value(0)),
    ],
    ids=str,
)
def test_a_condition_that_could_be_judged_otherwise_is_refused(condition):
    with pytest.raises(ImproperlyConfigured, match="does not know how to judge"):
        check(condition)
