"""Draws how each deal goes: how far it comes, how it ends, how long it takes. Knows no database and no date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto
from random import Random

from crm_project.demo.script import Customer, Product, Script
from deals.models import CLOSED, Status

PATIENCE = (11, 18, 18)  # days in a stage, a weekend less than expected in a new organization
OLDEST = 355


class Next(Enum):
    """What an open deal has ahead: the task that waits for its owner."""

    NOTHING = auto()
    OVERDUE = auto()
    TODAY = auto()
    UPCOMING = auto()


AHEAD = (Next.UPCOMING, Next.TODAY, Next.NOTHING, Next.UPCOMING, Next.OVERDUE, Next.UPCOMING, Next.NOTHING)


@dataclass(frozen=True)
class Course:
    number: int
    seed: str
    customer: Customer
    product: Product
    currency: str
    estimate: Decimal  # zero where nobody dares to guess yet
    quotation: Decimal
    status: Status
    days: tuple[int, ...]  # in each stage that it works through
    ended: int  # how many days ago it was won or lost; 0 for an open one
    closes_in: int | None  # expected close, in days from its end; from today for an open one
    ahead: Next

    @property
    def title(self) -> str:
        return self.product.title.format(self.customer.name)

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    def entered(self, place: int) -> int:
        """How many days ago it came into the stage at this place, from 0; past the last: ended, or today."""
        return self.ended + sum(self.days[place:])


def draw(script: Script) -> list[Course]:
    """The courses of all deals of an organization: the same at every call."""
    random = Random(script.slug)
    ends = _ends(script)
    random.shuffle(ends)
    wares = _wares(script, random)
    return [_course(script, number, end, next(wares)) for number, end in enumerate(ends)]


def _ends(script: Script) -> list[tuple[Status, int]]:
    """How each deal ends, or stands today, and in how many stages it was worked on."""
    ends = [(Status.WON, 3)] * script.won_deals
    for stages, (open_deals, lost_deals) in enumerate(zip(script.open_deals, script.lost_deals, strict=True), 1):
        untouched = open_deals * 2 // 5 if stages == 1 else 0
        ends += [(Status.NEW, stages)] * untouched
        ends += [(Status.IN_PROGRESS, stages)] * (open_deals - untouched)
        ends += [(Status.LOST, stages)] * lost_deals
    return ends


def _wares(script: Script, random: Random) -> Iterator[tuple[Customer, Product]]:
    """Which customer wants what: everybody in turn, nobody the same thing twice."""
    customers = script.customers()
    random.shuffle(customers)
    wanted = {customer.name: random.sample(script.products, len(script.products)) for customer in customers}
    for turn in range(len(script.products)):
        for customer in customers:
            yield customer, wanted[customer.name][turn]


def _course(script: Script, number: int, end: tuple[Status, int], ware: tuple[Customer, Product]) -> Course:
    (status, stages), (customer, product) = end, ware
    seed = f"{script.slug} {number}"
    random = Random(seed)
    days = tuple(random.randint(4, 26) for _ in range(stages))
    is_open = status not in CLOSED
    if is_open:
        days = (*days[:-1], _days_here(random, number, status, stages))
    quotation = _quotation(script, customer.currency, product, random)
    return Course(
        number=number,
        seed=seed,
        customer=customer,
        product=product,
        currency=customer.currency,
        estimate=_estimate(quotation, random),
        quotation=quotation,
        status=status,
        days=days,
        ended=0 if is_open else int(1 + (OLDEST - sum(days)) * random.random() ** 1.25),
        closes_in=_closes_in(random, number, sum(days), is_open),
        ahead=AHEAD[number % len(AHEAD)],
    )


def _days_here(random: Random, number: int, status: Status, stages: int) -> int:
    """How long an open deal stands in its stage; every fifth is stuck."""
    if number % 5 == 0:
        return random.randint(28, 90)
    return random.randint(0, 12 if status == Status.NEW else PATIENCE[stages - 1])


def _quotation(script: Script, currency: str, product: Product, random: Random) -> Decimal:
    """A price of three digits, the last a five or a nought; small things are asked for more often than large ones."""
    price = Decimal(product.lowest + int((product.highest - product.lowest) * random.random() ** 1.6))
    if currency != script.base_currency:
        price /= script.foreign[currency].worth
    step = Decimal(5).scaleb(price.adjusted() - 2)
    return (price // step * step).quantize(Decimal(1))


def _estimate(quotation: Decimal, random: Random) -> Decimal:
    if random.random() < 0.25:
        return Decimal(0)
    step = Decimal(1).scaleb(quotation.adjusted() - 1)
    return (quotation * Decimal(random.randint(85, 120)) / 100 // step * step).quantize(Decimal(1))


def _closes_in(random: Random, number: int, age: int, is_open: bool) -> int | None:
    if number % 9 == 0:
        return None
    if not is_open:
        return random.randint(-min(20, age // 2), 25)
    if number % 4 == 1 and age > 14:
        return -random.randint(1, age - 12)
    return random.randint(5, 80)
