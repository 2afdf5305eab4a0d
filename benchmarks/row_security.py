"""What row security costs a request in CPU time, the server's and the database's, with it on and off in turn.

`DATABASE_URL=postgres://... python -m benchmarks.row_security`, as a role that may create databases and roles.
"""

import statistics
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from crm_project.proof.isolation import world
from crm_project.proof.isolation.scratch import scratch_database
from crm_project.proof.isolation.visits import Ask, Visitors
from organizations.roles import Role

ROLE, ROUNDS, WARM_UP = "kontor_benchmark", 60, 5


def main():
    with scratch_database():
        place = world.build("Alderly")
        visitors = Visitors(place)
        execute(f"CREATE ROLE {ROLE}; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};")
        execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}")
        try:
            for name, ask in requests(place).items():
                print(f"{name:<28} {ratio(visitors, ask):.3f}")
        finally:
            execute(f"RESET ROLE; DROP OWNED BY {ROLE}; DROP ROLE {ROLE}")


def requests(place):
    deal, here = place.records[Role.OWNER]["deal"].pk, f"/o/{place.organization.slug}/deals"
    return {
        "API: the list of deals": lambda number: Ask("get", "/api/v1/deals"),
        "API: one deal": lambda number: Ask("get", f"/api/v1/deals/{deal}"),
        "API: a deal is changed": lambda number: Ask("patch", f"/api/v1/deals/{deal}", body={"amount": number + 1}),
        "page: the table of deals": lambda number: Ask("get", f"{here}/"),
        "page: a deal": lambda number: Ask("get", f"{here}/{deal}/"),
    }


def ratio(visitors, ask):
    """The median of the ratios of pairs: one request with it, one without, in changing order."""
    ratios = []
    for number in range(ROUNDS + WARM_UP):
        order = (False, True) if number % 2 else (True, False)
        spent = {is_on: cpu_time(visitors, ask(2 * number + is_on), is_on) for is_on in order}
        ratios.append(spent[True] / spent[False])
    return statistics.median(ratios[WARM_UP:])


def cpu_time(visitors, ask, is_on):
    settings.ROW_SECURITY = is_on
    execute(f"SET ROLE {ROLE}" if is_on else "RESET ROLE")
    before = time.process_time_ns() + spent_by_database()
    answer = visitors.send(Role.OWNER, ask)
    after = time.process_time_ns() + spent_by_database()
    assert answer.status_code == 200, answer.content
    return after - before


def spent_by_database():
    backend = connection.connection.info.backend_pid
    return int(Path(f"/proc/{backend}/schedstat").read_text().split()[0])


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


if __name__ == "__main__":
    main()
