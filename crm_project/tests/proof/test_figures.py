"""The README and SECURITY.md quote what `make prove` wrote last."""

import re

import pytest

from crm_project.proof.scratch import ROOT

WRITTEN = (ROOT / "docs" / "proof.txt").read_text()
OF_ISOLATION = ("in paths", "in bodies", "in forms", "in queries", "headers")


def figures(name):
    return [int(found) for found in re.findall(rf"^ *{name}: (\d+)$", WRITTEN, re.MULTILINE)]


@pytest.mark.parametrize("name", ["README.md", "SECURITY.md"])
def test_figures_of_isolation_and_of_writes_are_quoted(name):
    text = (ROOT / name).read_text()
    quoted = [figures(rf"foreign .*{place}")[0] for place in OF_ISOLATION]
    quoted += [figures("roles at operations")[0], figures("acknowledged in all")[0]]
    quoted += [figures("hostile requests")[0] + figures("requests by the schema")[0]]

    assert [number for number in quoted if f"{number:,}" not in text] == []


def test_times_and_sums_are_quoted():
    text = (ROOT / "README.md").read_text()
    took = re.search(r"in (\d+) seconds", WRITTEN)[1]
    back = re.findall(r"slowest back in seconds: ([\d.]+)", WRITTEN)
    after_a_kill, after_a_stop = max(map(float, back[:-1])), float(back[-1])

    for quoted in (
        f"after {took} seconds",
        f"back {after_a_kill} s after a kill and {after_a_stop} s after a stop",
        f"{figures('values read again')[0]:,} accepted values read again",
        f"{sum(figures('requests')):,} requests in races",
        f"all of {figures('routes')[0]} routes and verbs",
    ):
        assert quoted in text


def test_every_promise_held():
    assert WRITTEN.endswith("\nEvery promise holds.\n")
