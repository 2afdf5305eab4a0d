"""The list of proofs: `make prove` runs these, one line of the list for each, those that take longest first."""

from __future__ import annotations

from dataclasses import dataclass, field

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
BOTH = (SQLITE, POSTGRESQL)


@dataclass(frozen=True)
class Proof:
    """A command of manage.py that takes `--json FILE`, and fails when the promise is broken."""

    name: str
    command: tuple[str, ...]
    short: tuple[str, ...] = ()  # what the command is told besides in the short form
    databases: tuple[str, ...] = BOTH
    stops_the_database: bool = False
    at_least: dict[str, float] = field(default_factory=dict)  # figures of the long form
    at_most: dict[str, float] = field(default_factory=dict)


PROOFS = (
    Proof(
        "isolation",
        ("prove_isolation", "--ids", "2"),
        short=("--ids", "1", "--thinning", "40"),
        databases=(POSTGRESQL,),
        at_least={
            "foreign ids in paths": 1000,
            "foreign ids in bodies": 1000,
            "foreign ids in forms": 1000,
            "foreign ids in queries": 1000,
            "foreign headers": 500,
            "operations in the table of roles, in percent": 100,
        },
        at_most={"leaks": 0, "not covered": 0},
    ),
    Proof(
        "hostile input",
        ("prove_hostile", "--seed", "1"),
        short=("--count", "500"),
        databases=(SQLITE,),
        at_least={"hostile requests": 20_000, "requests by the schema": 20_000},
        at_most={"answered as a failure of ours": 0},
    ),
    Proof(
        "races",
        ("prove", "races"),
        short=("--rounds", "1"),
        at_least={"hazards": 11, "rounds of each": 50, "callers at once": 16},
    ),
    Proof("torn imports", ("prove", "imports"), short=("--rounds", "1"), at_least={"imports killed": 5}),
    Proof(
        "slow callers and giant bodies",
        ("prove", "patience"),
        short=("--rounds", "1"),
        databases=(SQLITE,),
        at_most={"slowest answer beside them in seconds": 40},
    ),
    Proof(
        "kills",
        ("prove", "kills"),
        short=("--rounds", "2", "--writes", "60"),
        at_least={"kills": 20},
        at_most={"slowest back in seconds": 5},
    ),
    Proof(
        "outages of the database",
        ("prove", "outages"),
        short=("--rounds", "2", "--writes", "60"),
        databases=(POSTGRESQL,),
        stops_the_database=True,
        at_least={"stops": 10},
        at_most={"slowest back in seconds": 5},
    ),
    Proof("a full disk", ("prove", "storage"), short=("--rounds", "10"), at_least={"writes answered 507": 20}),
    Proof("a cache that goes", ("prove", "cache"), short=("--rounds", "1"), at_least={"stops of Redis": 5}),
)
IN_ALL = {"acknowledged": 10_000.0}  # over all proofs of the long form: writes of which each was looked for
