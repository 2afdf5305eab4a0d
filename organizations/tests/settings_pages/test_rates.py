"""The page of currencies: rates in words, newest first; owners and admins change them."""

import pytest

from organizations.models import ExchangeRate

ADMINISTRATORS_ONLY = "Only an owner or an admin may change this."


def add(by, currency="USD", rate="0.92", valid_from="2026-01-01"):
    return ExchangeRate(organization=by.organization, currency=currency, rate=rate, valid_from=valid_from).save_by(None)


def rates():
    return [f"{rate.currency} {rate.rate.normalize()} {rate.valid_from}" for rate in ExchangeRate.objects.all()]


def rows(page):
    return page.all('class="strong">(.*?)</span>')


def test_rates_in_words_by_currency_the_newest_first(at, member, stranger):
    add(stranger, "CHF")
    add(member, rate="0.9", valid_from="2025-01-01")
    add(member, rate="0.92000001")
    add(member, "AED", "1234.5")

    page = at(member).read("rates/")

    assert rows(page) == ["1 AED = 1,234.5 EUR", "1 USD = 0.92000001 EUR", "1 USD = 0.9 EUR"]
    assert page.all('id="currency-[A-Z]+">(.*?)</h2>') == ["AED United Arab Emirates Dirham", "USD US Dollar"]


def test_rate_in_use_is_the_newest_up_to_today(at, member):
    for day in ("2025-01-01", "2026-01-01", "2999-01-01"):
        add(member, valid_from=day)

    page = at(member).read("rates/")

    assert page.all('<time datetime="(.*?)">') == ["2999-01-01", "2026-01-01", "2025-01-01"]
    assert [("In use" in row) for row in page.all(r"<li>\s*(<div>.*?)</li>")] == [False, True, False]


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_adding_changing_and_deleting(at, request, role):
    reader = at(request.getfixturevalue(role))

    page = reader.send("rates/new/", currency="USD", rate="0.92", valid_from="2026-01-01")
    assert (page.status, page.url, rates()) == (302, f"{reader.place}rates/", ["USD 0.92 2026-01-01"])

    rate = ExchangeRate.objects.get()
    reader.send(f"rates/{rate.pk}/edit/", currency="USD", rate="0.95", valid_from="2026-02-01", seen_version=1)
    assert rates() == ["USD 0.95 2026-02-01"]

    reader.send(f"rates/{rate.pk}/delete/", seen_version=2)
    assert rates() == []


def test_rate_without_a_day_is_of_today(at, owner):
    at(owner).send("rates/new/", currency="USD", rate="0.92")

    assert ExchangeRate.objects.get().valid_from == owner.organization.today()


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"currency": ""}, {"currency": "This field is required."}),
        ({"currency": "EUR"}, {"currency": "The base currency has no rate."}),
        ({"rate": "0"}, {"rate": "A rate is above zero."}),
        ({"rate": "much"}, {"rate": "Enter a number."}),
        ({"valid_from": "tomorrow"}, {"valid_from": "Enter a valid date."}),
    ],
)
def test_refusal_is_shown_at_its_field_and_adds_nothing(at, owner, change, errors):
    page = at(owner).send("rates/new/", **{"currency": "USD", "rate": "1", "valid_from": "2026-01-01", **change})

    assert (page.errors, rates()) == ((422, errors), [])


def test_second_rate_of_a_day_is_refused(at, owner):
    add(owner)

    page = at(owner).send("rates/new/", currency="USD", rate="1", valid_from="2026-01-01")

    assert (page.status, "There is a rate of this currency for this day already." in page.html) == (422, True)
    assert len(rates()) == 1


def test_base_currency_is_not_offered_and_none_is_chosen_beforehand(at, owner):
    page = at(owner).read("rates/new/")

    assert ("EUR · Euro" in page.html, "<option selected" in page.html) == (False, False)
    assert page.all("<option[^>]*>(.*?)</option>")[0] == "Choose a currency"


def test_address_may_choose_the_currency(at, owner):
    page = at(owner).read("rates/new/", currency="GBP")

    assert page.all("<option[^>]* selected>(.*?)</option>") == ["GBP · British Pound"]


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_are_told_who_may_and_change_nothing_anyway(at, request, role):
    by = request.getfixturevalue(role)
    rate = add(by)
    reader = at(by)
    sent = {"currency": "USD", "rate": "1", "valid_from": "2026-01-01"}

    answers = [reader.send(f"rates/{path}", **sent) for path in ("new/", f"{rate.pk}/edit/", f"{rate.pk}/delete/")]

    assert [answer.status for answer in answers] == [422, 422, 422]
    shown = reader.read("rates/")
    assert (shown.all('class="banner">(.*?)</p>'), "Delete" in shown.html) == ([ADMINISTRATORS_ONLY], False)
    assert rates() == ["USD 0.92 2026-01-01"]


def test_list_without_rates_shows_how_to_begin(at, owner):
    assert "Add the first rate" in at(owner).read("rates/").html


@pytest.mark.parametrize("count", [1, 60])
def test_list_asks_the_database_as_often_for_many_rates(at, owner, count, django_assert_num_queries):
    for number in range(count):
        add(owner, valid_from=f"2025-{number % 12 + 1:02}-{number // 12 + 1:02}")
    reader = at(owner)

    with django_assert_num_queries(7):
        assert len(rows(reader.read("rates/"))) == min(count, 50)
