"""The totals as plain Python counts them, row by row, and as they are kept."""

from collections import Counter, defaultdict
from datetime import UTC

from deals.models import Deal, StageChange
from deals.totals import AmountTotal, ClosingTotal, DayTotal, DealTotal, WayTotal
from organizations.tenancy.fields import HALF


def counted():
    deals, sums, days, amounts, closings = Counter(), Counter(), Counter(), Counter(), Counter()
    stood = defaultdict(set)
    for deal in Deal.objects.all():
        key = (deal.organization_id, deal.stage_id, deal.status, deal.currency)
        deals[key] += 1
        sums[key] += int(deal.amount * 100)
        days[deal.organization_id, deal.created_at.astimezone(UTC).date(), deal.currency] += 1
        amounts[deal.organization_id, deal.status, deal.currency, step_of(int(deal.amount * 100))] += 1
        if deal.closed_at:
            closings[deal.organization_id, deal.stage_id, deal.status, deal.closed_at.astimezone(UTC).date()] += 1
    for step in StageChange.objects.exclude(to_stage=None):
        stood[step.organization_id, step.deal_id].add(step.to_stage_id)
    ways = Counter((organization, frozenset(stages)) for (organization, _), stages in stood.items())
    return deals, {key: amount for key, amount in sums.items() if amount}, days, amounts, closings, ways


def step_of(cents):
    """The first two digits, after all those of fewer digits."""
    digits = str(cents)
    return 90 * max(0, len(digits) - 2) + int(digits[:2])


def kept():
    totals = deals, sums, days, amounts, closings, ways = [Counter() for _ in range(6)]
    for row in DealTotal.objects.all():
        key = (row.organization_id, row.stage, row.status, row.currency)
        deals[key] += row.count
        sums[key] += row.high * HALF + row.low
    for row in DayTotal.objects.all():
        days[row.organization_id, row.day, row.currency] += row.count
    for row in AmountTotal.objects.all():
        amounts[row.organization_id, row.status, row.currency, row.step] += row.count
    for row in ClosingTotal.objects.all():
        closings[row.organization_id, row.stage, row.status, row.day] += row.count
    for row in WayTotal.objects.all():
        ways[row.organization_id, frozenset(int(stage) for stage in row.stages.split(","))] += row.count
    return tuple({key: number for key, number in of.items() if number} for of in totals)
