"""Rows by the hundred thousand, made by PostgreSQL itself: each value as far spread as real ones are."""

from contextlib import contextmanager

from django.db import connection

from organizations.models import Membership

SHUFFLED = "(n * 7919 % {count})"  # each number once, in no order: 7919 is prime
COMPANIES = """
INSERT INTO contacts_company (organization_id, owner_id, version, created_at, updated_at, name, domain, phone, address,
    search_text, phone_digits, phone_key, name_key, domain_key)
SELECT {organization}, {owner}, 1, {created}, {updated}, 'Company ' || n, '', '', '', 'company ' || md5(n::text), '',
    '', '', ''
FROM generate_series(1::bigint, {count} / 2) AS n
"""
CONTACTS = """
INSERT INTO contacts_contact (organization_id, owner_id, company_id, version, created_at, updated_at, name, email,
    phone, job_title, search_text, phone_digits, phone_key, name_key, email_key)
SELECT {organization}, {owner}, {company} + n % ({count} / 2), 1, {created}, {updated}, 'Contact ' || {shuffled}, '',
    '', '', 'contact ' || md5({shuffled}::text), lpad((n * 31337)::text, 9, '0'), '', '', ''
FROM generate_series(1::bigint, {count}) AS n
"""
DEALS = """
INSERT INTO deals_deal (organization_id, owner_id, contact_id, company_id, stage_id, version, created_at, updated_at,
    title, status, amount, currency, expected_close_date, lost_reason, stage_entered_at, closed_at, search_text)
SELECT {organization}, {owner}, {contact} + n - 1, {company} + n % ({count} / 2), {stage} + n % 4, 1, {created},
    {updated}, 'Deal ' || {shuffled}, (ARRAY['new', 'in_progress', 'won', 'lost'])[1 + n % 7 % 4], {shuffled} * 100 + 1,
    (ARRAY['EUR', 'USD'])[1 + n % 11 % 2], CASE WHEN n % 3 > 0 THEN {created}::date + 30 END, '', {updated},
    CASE WHEN n % 7 % 4 > 1 THEN {updated} END, 'deal ' || md5({shuffled}::text)
FROM generate_series(1::bigint, {count}) AS n
"""
STEPS = """
INSERT INTO deals_stagechange (organization_id, deal_id, to_stage_id, version, created_at, updated_at, at)
SELECT organization_id, id, stage_id, 1, created_at, created_at, stage_entered_at
FROM deals_deal WHERE organization_id = {organization}
"""
TASKS = """
INSERT INTO tasks_task (organization_id, deal_id, assignee_id, version, created_at, updated_at, title, description,
    due_date, is_done, done_at, search_text)
SELECT {organization}, {deal} + n - 1, {owner}, 1, {created}, {updated}, 'Task ' || {shuffled}, '',
    CASE WHEN n % 3 > 0 THEN {created}::date + 30 END, n % 2 = 0, CASE WHEN n % 2 = 0 THEN {updated} END,
    'task ' || md5({shuffled}::text)
FROM generate_series(1::bigint, {count}) AS n
"""
ACTIVITIES = """
INSERT INTO activities_activity (organization_id, deal_id, author_id, version, created_at, updated_at, type, payload)
SELECT {organization}, {deal} + n - 1, {owner}, 1, {created}, {created},
    (ARRAY['comment', 'deal_created', 'status_changed'])[1 + n % 3], '{{"text": "?"}}'
FROM generate_series(1::bigint, {count}) AS n
"""
TABLES = {
    "contacts_company": COMPANIES,
    "contacts_contact": CONTACTS,
    "deals_deal": DEALS,
    "deals_stagechange": STEPS,
    "tasks_task": TASKS,
    "activities_activity": ACTIVITIES,
}


@contextmanager
def _indexed_afterwards(cursor, table):
    """An index of all rows is made in a fifth of the time that its growing takes row by row."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conname = indexname)",
        [table],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked is in the way
    for _, definition in indexes:
        cursor.execute(definition)


def fill(by, count):
    """So many contacts, deals, tasks and entries for this member's organization; half as many companies."""
    people = list(Membership.objects.for_membership(by).order_by("pk").values_list("user", flat=True))
    with connection.cursor() as cursor:
        # Else rows would fall into the holes that earlier tests left, no page beside the next.
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        cursor.execute("SELECT MIN(id) FROM deals_stage WHERE organization_id = %s", [by.organization_id])
        words = {
            "count": count,
            "organization": by.organization_id,
            "owner": f"(ARRAY{people})[1 + n % {len(people)}]",
            "stage": cursor.fetchone()[0],
            "shuffled": SHUFFLED.format(count=count),
            "created": "(TIMESTAMPTZ '2026-01-01' + n * INTERVAL '1 minute')",
            "updated": f"(TIMESTAMPTZ '2026-06-01' + {SHUFFLED.format(count=count)} * INTERVAL '1 minute')",
        }
        for table, statement in TABLES.items():
            with _indexed_afterwards(cursor, table):
                cursor.execute(statement.format(**words))
            cursor.execute(f"SELECT MIN(id) FROM {table} WHERE organization_id = %s", [by.organization_id])
            words[table.split("_")[1]] = cursor.fetchone()[0]
            cursor.execute(f"ANALYZE {table}")
