"""The first pipeline speaks the language of who opens the organization; its short names are the same for programs."""

from django.utils import translation

from deals.actions import add_default_pipeline
from organizations.tests.factories import OrganizationFactory


def test_stages_are_named_in_the_language_of_who_opens_it(db):
    with translation.override("ru"):
        stages = add_default_pipeline(OrganizationFactory()).stages.values_list("slug", "name")

    assert list(stages) == [
        ("qualification", "Квалификация"),
        ("proposal", "Предложение"),
        ("negotiation", "Переговоры"),
        ("closed", "Завершение"),
    ]
