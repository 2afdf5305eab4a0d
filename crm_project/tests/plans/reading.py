"""What PostgreSQL did to answer a statement: which nodes its plan has, and how many pages it touched."""

import json
from dataclasses import dataclass

from django.db import connection

BIG = {"contacts_company", "contacts_contact", "deals_deal", "deals_stagechange", "tasks_task", "activities_activity"}


@dataclass
class Plan:
    text: str
    scans: list[str]  # big tables that were read from end to end
    sorts: list[int]  # how many rows each sort took
    buffers: int  # pages of the table that the list is of, and of its indexes


def explain(statement, table):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
        found = cursor.fetchone()[0]
    root = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    nodes = list(_nodes(root))
    return Plan(
        text=json.dumps(root, indent=1),
        scans=[
            node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan" and node["Relation Name"] in BIG
        ],
        sorts=[_taken(node) for node in nodes if "Sort" in node["Node Type"]],
        buffers=sum(_own_pages(node) for node in nodes if node.get("Relation Name") == table),
    )


def _nodes(node):
    yield node
    for child in node.get("Plans", ()):
        yield from _nodes(child)


def _own_pages(node):
    """Without those of the questions that it asks for each row."""
    return _pages(node) - sum(map(_pages, node.get("Plans", ())))


def _pages(node):
    return node["Shared Hit Blocks"] + node["Shared Read Blocks"]


def _taken(node):
    return sum(child["Actual Rows"] * child["Actual Loops"] for child in node["Plans"])
