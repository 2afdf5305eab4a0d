"""What generated people, companies and deals are called, and what is said about them."""

from __future__ import annotations

from random import Random


def _each(words: str) -> list[str]:
    return words.split()


FIRST_NAMES = _each(
    "Anna Boris Carla Daniel Elif Frank Gülay Hugo Ingrid Jonas Katja Lukas Märta Nils Olga Pavel Quentin Rosa Søren"
    " Tomás Ursula Viktor Wanda Xenia Yusuf Zoë Айгуль Борис Вера Глеб Дарья Ержан Жанна Игорь Ксения Леонид Мария"
    " Никита Ольга Пётр Руслан Светлана Тимур Юлия"
)
LAST_NAMES = _each(
    "Abel Brandt Costa Dubois Ekström Fischer García Halvorsen Ivanova Jensen Karg Lindqvist Müller Novák Olsen Petrov"
    " Quist Rossi Sørensen Turner Ulrich Vries Weber Yilmaz Zhang Ахметов Волков Гусев Дмитриев Ефимов Жуков Зайцев"
    " Ким Лебедев Морозов Новиков Орлов Павлов Романов Соколов"
)
PLACES = _each(
    "Nord Süd Alpen Baltic Rhein Donau Elbe Aurora Polar Delta Sierra Terra Luna Nova Atlas Orion Vega Zenit Altair"
    " Boreal Cobalt Falke Granit Harbor Iris Juno Kestrel Lotus Meridian Nimbus"
)
TRADES = _each(
    "Energie Solar Werke Technik Bau Logistik Motoren Pumpen Glas Holz Metall Papier Textil Optik Chemie Medizin"
    " Transport Elektrik Systeme Anlagen Kälte Wasser Druck Stahl Kabel"
)
FORMS = ("GmbH", "AG", "AB", "Oy", "Ltd", "BV", "SA", "AS")
JOBS = ("Buyer", "Head of purchasing", "Managing director", "Site manager", "Engineer", "Accountant", "")
PRODUCTS = ("Solar roof", "Heat pump", "Charging station", "Battery", "Service contract", "Inverters", "Planning")
TASKS = ("Call back", "Send the offer", "Visit the site", "Ask for the contract", "Check the delivery date")
COMMENTS = (
    "Spoke on the phone. They compare three offers and decide next week.",
    "The offer is out. Questions about delivery only.",
    "No answer for two days, trying again tomorrow.",
    "Met on site, the roof is in good shape.",
    "They ask for five percent off if they pay in advance.",
    "Созвонились: интерес есть, ответ на следующей неделе.",
    "Budget is approved, the contract is with their lawyers.",
)
LOST_REASONS = ("Too expensive", "Postponed to next year", "Chose another supplier", "No answer any more")


def person(random: Random) -> str:
    return f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"


def company(number: int, random: Random) -> tuple[str, str]:
    """Name and domain. Names come again now and then, as they do; domains never."""
    place, trade, form = random.choice(PLACES), random.choice(TRADES), random.choice(FORMS)
    return f"{place} {trade} {number % 997} {form}", f"company-{number}.example"


def phone(random: Random) -> str:
    return f"+49 {random.randrange(30, 90)} {random.randrange(10**6, 10**7)}"
