"""How often the other pages of settings ask the database."""

import pytest

from deals.tests.factories import DealFactory
from organizations.models import ExchangeRate


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("pipelines/new/", 4),
        ("pipelines/{pipeline}/edit/", 6),
        ("pipelines/{pipeline}/delete/", 5),
        ("pipelines/{pipeline}/stages/new/", 6),
        ("pipelines/missing-rates/", 6),
        ("stages/{stage}/delete/", 10 + 2),  # a savepoint, where elsewhere is a transaction
        ("invitations/new/", 4),
        ("rates/new/", 4),
        ("rates/{rate}/edit/", 6),
        ("rates/{rate}/delete/", 5),
    ],
)
@pytest.mark.parametrize("many", [1, 10])
def test_pages_ask_as_often_for_many_records(at, owner, path, questions, many, django_assert_num_queries):
    for number in range(many):
        stage = DealFactory(by=owner, currency="GBP").stage
        rate = ExchangeRate(currency="USD", rate="0.9", valid_from=f"2026-01-{number + 1:02}").save_by(owner)
    reader = at(owner)

    with django_assert_num_queries(questions):
        reader.read(path.format(pipeline=stage.pipeline_id, stage=stage.pk, rate=rate.pk))
