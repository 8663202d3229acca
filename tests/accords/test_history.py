"""Every finding over the years: which days count, how many there are, each margin in its trace."""

from __future__ import annotations

import csv
import time
from collections import Counter
from datetime import date

from equipoise.accords import days_of_change, judge, load_facts, over_time
from equipoise.accords.bench import margin_follows
from equipoise.scenario import fact_path

BUDGET_S = 5.0
"""Of the processor's time, for all findings since 1992 with their traces."""


def test_the_days_are_each_new_year_and_each_day_on_which_something_is_new() -> None:
    days = days_of_change(load_facts())
    assert list(days) == sorted(set(days))
    assert {date(y, 1, 1) for y in range(1992, 2025)} <= set(days)
    for day in ("1995-11-17", "1999-05-31", "2007-11-07", "2007-12-12", "2011-11-22", "2023-11-07"):
        assert date.fromisoformat(day) in days


def test_all_findings_since_1992_come_in_time_and_each_margin_follows_from_its_trace() -> None:
    facts = load_facts()
    days = days_of_change(facts)
    begun = time.process_time()
    found = [f for e in over_time("cfe", facts, days) for f in e.findings]
    assert time.process_time() - begun < BUDGET_S
    assert 10_000 < len(found) < 100_000
    decided = [f for f in found if f.margin is not None]
    assert len(decided) > 300
    assert all(margin_follows(f) for f in decided)
    assert {f.verdict for f in found} == {"complies", "breaches", "cannot be decided", "not owed"}


def test_every_holding_that_ships_is_judged_as_its_rows_alone_say() -> None:
    """An account of its own: each national holding against the level that holds, straight from the tables."""
    with open(fact_path("accords", "ceilings.csv"), encoding="utf-8", newline="") as file:
        levels = [
            r for r in csv.DictReader(file) if r["regime"] == "CFE1990_max_levels" and r["zone"] == "ATTU"
        ]
    with open(fact_path("accords", "holdings.csv"), encoding="utf-8", newline="") as file:
        held = [r for r in csv.DictReader(file) if r["zone"] == "ATTU" and r["as_of"] >= "1995-11-17"]
    checked: Counter[str] = Counter()
    by_day = {
        day: judge("cfe", load_facts(), date.fromisoformat(day)).findings
        for day in {r["as_of"] for r in held}
    }
    for row in held:
        same = (row["party"], row["category"])
        limit = [
            int(r["limit"])
            for r in levels
            if (r["party"], r["category"]) == same
            and r["in_force"] == "yes"
            and r["valid_from"] <= row["as_of"]
            and (not r["valid_to"] or row["as_of"] < r["valid_to"])
        ]
        found = [
            f
            for f in by_day[row["as_of"]]
            if f.obligation == "cfe.VII" and (f.party, f.category) == same and f.reading is None
        ]
        assert [f.margin for f in found] == [n - int(row["holdings"]) for n in limit]
        checked.update(f.verdict or "" for f in found)
    assert checked["complies"] > 60
