"""Lets every request of the tests be served by a role that row security binds, while the tests themselves own all."""

from django.db import connection, transaction

ROLE = "kontor_tests"
SETTINGS = ("organization_id", "user_id", "invitation", "operator")


def make_role():
    """Roles are the whole server's, and several test runs share it."""
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SELECT pg_advisory_xact_lock(7)")
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [ROLE])
        if not cursor.fetchall():
            cursor.execute(f"CREATE ROLE {ROLE}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")


def bound_middleware(get_response):
    """What a transaction of the tests keeps of a request is taken back: the next one begins as a stranger."""

    def serve(request):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
            response = get_response(request)
            cursor.execute("RESET ROLE")
            for name in SETTINGS:
                cursor.execute("SELECT set_config(%s, '', true)", [f"app.{name}"])
            return response

    return serve
