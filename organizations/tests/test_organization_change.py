"""An organization is a record too: it is changed through the hall."""


def test_organization_takes_another_base_currency(organization):
    organization.base_currency = "USD"

    organization.save_by(None)

    organization.refresh_from_db()
    assert (organization.base_currency, organization.version) == ("USD", 1)
