"""The first pipeline of an organization."""

from deals.actions import add_default_pipeline
from deals.pipelines import Pipeline, Stage
from organizations.tests.factories import OrganizationFactory

COLUMNS = ["slug", "name", "position", "probability", "expected_days", "version"]


def test_tests_begin_with_what_an_organization_begins_with(organization):
    other = OrganizationFactory()
    add_default_pipeline(other)

    for model, columns in ((Pipeline, ["name", "is_default", "version"]), (Stage, COLUMNS)):
        rows = model.objects.values_list(*columns)
        assert list(rows.filter(organization=organization)) == list(rows.filter(organization=other))
