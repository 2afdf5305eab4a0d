"""The six walls stand: what may be open, who decides what is seen, who may import whom."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from rest_framework.test import APIClient

from crm_project.tests.guards import imports, source, tenancy
from crm_project.tests.routes import api_routes, page_routes, routes
from crm_project.tests.world import record_of_each

ROOT = Path(settings.BASE_DIR)
SOURCES = source.python_files(ROOT)
MODELS = [model for model in apps.get_models() if model._meta.app_label in source.APPS]
MIGRATIONS = [
    migration
    for (app, _), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
    if app in source.APPS
]
PUBLIC = {
    "home": "sends on to where one stands",
    "account_login": "one is not signed in yet",
    "mfa_authenticate": "one is signed in by half",
    "mfa_login_webauthn": "one is not signed in yet",
    "account_reauthenticate": "about oneself, wherever one stands",
    "mfa_reauthenticate": "about oneself, wherever one stands",
    "mfa_reauthenticate_webauthn": "about oneself, wherever one stands",
    "account_logout": "ends a session, whosever it is",
    "account_signup": "there is nobody yet",
    "invitation": "the invitation's token says which organization",
    "confirm_email": "the key of the mail says whose address it is",
    "account_reset_password": "one cannot sign in",
    "account_reset_password_done": "the same for every address",
    "account_reset_password_from_key": "the key of the mail says who it is",
    "account_reset_password_from_key_done": "tells nothing of anybody",
    "new-organization": "another one of who is signed in, wherever they stand",
    "alive": "for whatever watches the process; tells nothing",
    "ready": "for whatever watches the process; tells nothing of anybody",
    "docs-redirect": "sends on to the documentation",
    "schema": "the description of the API holds no data",
    "docs": "the page of that description",
    "register": "there is nobody yet",
    "login": "one is not signed in yet",
    "refresh": "the refresh token says who it is",
    "logout": "about oneself, wherever one stands",
    "accept-invitation": "the invitation's token says which organization",
    "me": "about oneself, wherever one stands",
    "password": "about oneself, wherever one stands",
    "organizations": "one's own organizations, and a new one",
    "own-organizations": "one's own organizations",
}
PLAIN_WRITES = {
    "crm_project/volume/office.py: User.objects.bulk_create": "users are of no organization",
    "crm_project/management/commands/prove_isolation.py: bar.update": "a bar that shows progress",
    "crm_project/management/commands/prove_hostile.py: bar.update": "a bar that shows progress",
    "crm_project/proof/isolation/world.py: Authenticator.objects.create": "a passkey is of no organization",
    "crm_project/settings.py: vars().update": "settings are no rows",
    "crm_project/settings.py: DATABASES['default'].setdefault('OPTIONS', {}).update": "settings are no rows",
    "crm_project/settings.py: CACHES['default'].setdefault('OPTIONS', {}).update": "settings are no rows",
    "imports/importer.py: importing.save": "an import, which saves through the bulk hall",
    "imports/mapping_file.py: texts.update": "a dictionary of texts",
    "imports/members.py: User.objects.bulk_create": "users are of no organization",
    "imports/members.py: User.objects.filter(pk__in=[user.pk for user in newcomers if user.pk not in seated]).delete": (
        "users are of no organization, and these got no place in one"
    ),
    "imports/report.py: self.refused.update": "a dictionary of refusals",
    "organizations/admin.py: form.save": "a form, which saves through the hall",
    "organizations/addresses.py: user.save": "a user is of no organization",
    "organizations/accounts.py: user.save": "a user is of no organization",
    "organizations/limits.py: Attempts.objects.filter(expires_at__lt=now).delete": "a count is of no organization",
    "organizations/limits.py: Attempts.objects.get_or_create": "the same",
    "organizations/limits.py: Attempts.objects.filter(pk=key).update": "the same",
    "organizations/limits.py: Attempts.objects.filter(pk=key, count__gt=0).update": "the same",
    "organizations/receivers.py: request.session.save": "a session is of no organization",
    "organizations/browsers.py: browsers.update_or_create": "the same",
    "organizations/browsers.py: Session.objects.filter(pk__in=browsers.values('session')).delete": "the same",
    "organizations/browsers.py: user.logins.all().delete": "a login is of no organization",
    "organizations/session_views.py: self.chosen(self.programs(), 'program').delete": "the same",
    "organizations/actions.py: Departure.objects.create": "of an organization that is none any more",
    "organizations/actions.py: rows._raw_delete": "the whole organization goes, nobody is left to be told",
    "organizations/tokens.py: login.save": "a login is of no organization",
    "organizations/tokens.py: login.delete": "a login is of no organization",
    "organizations/tokens.py: user.logins.filter(pk=_read(token).get('login')).delete": "the same",
    "organizations/tokens.py: user.logins.filter(expires_at__lt=timezone.now()).delete": "the same",
    "organizations/users.py: user.save": "a user is of no organization",
}
LONG = {
    "crm_project/tests/test_journey.py: test_a_team_wins_its_first_deal": "a journey is told in one piece",
    "deals/tests/test_deals.py: test_contact_and_title_are_enough": "every field of a deal in one look",
}


def test_every_route_is_a_tenants_or_public_for_a_reason():
    assert tenancy.open_routes(routes(), PUBLIC) == []


def test_only_the_tenancy_decides_which_rows_are_seen():
    assert source.own_querysets(SOURCES) == []


def test_every_model_with_an_organization_is_a_tenant_model():
    assert tenancy.models_without_tenancy(MODELS) == []


def test_the_database_compares_the_organizations_of_neighbors():
    assert tenancy.unguarded_neighbors(MODELS) == []


@pytest.fixture
def number(owner):
    """The id of the owner's record that a route is about."""
    ids = record_of_each(owner)
    return lambda route: ids[route.path.split("/")[2]]


def test_records_of_another_organization_are_not_there(call, stranger, number):
    assert tenancy.leaking_routes(api_routes(), number, call(stranger), expected=404) == []


def test_another_organization_is_not_entered_by_its_id(call, owner, stranger, number):
    client = call(stranger)
    client.credentials(**{**client._credentials, "HTTP_X_ORGANIZATION_ID": str(owner.organization_id)})

    assert tenancy.leaking_routes(api_routes(), number, client, expected=403) == []


def test_nobody_is_let_in_without_signing_in(number):
    assert tenancy.leaking_routes(api_routes(), number, APIClient(), expected=401) == []


def test_pages_of_another_organization_are_not_there(client, owner, stranger, number):
    client.force_login(stranger.user)

    assert tenancy.leaking_pages(page_routes(), owner.organization.slug, number, client, expected=404) == []


def test_records_of_another_organization_are_on_no_page_of_ours(client, stranger, number):
    client.force_login(stranger.user)
    pages = [route for route in page_routes() if "{pk}" in route.path]

    assert len(pages) > 5
    assert tenancy.leaking_pages(pages, stranger.organization.slug, number, client, expected=404) == []


def test_nobody_sees_a_page_without_signing_in(client, owner, number):
    assert tenancy.leaking_pages(page_routes(), owner.organization.slug, number, client, expected=302) == []


def test_imports_run_one_way():
    assert imports.wrong_imports(SOURCES) == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_say_what_they_do_and_can_be_undone():
    assert tenancy.unnamed_migrations(migration.name for migration in MIGRATIONS) == []
    assert tenancy.irreversible_migrations(MIGRATIONS) == []


def test_templates_hold_no_script_and_no_style():
    templates = {
        str(path): path.read_text() for path in ROOT.glob("**/templates/**/*.html") if ".venv" not in str(path)
    }

    assert source.inline_code(templates) == []


def test_every_write_goes_through_the_hall():
    assert source.plain_writes(SOURCES, PLAIN_WRITES) == []


def test_nothing_is_longer_than_the_style_allows():
    assert source.too_long(SOURCES, LONG) == []


def test_tests_weigh_more_than_the_code():
    weight = source.weight_of_tests(SOURCES)

    assert weight >= 1.3
