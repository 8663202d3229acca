"""Which interceptors count, and what the owner sees without the partner's sensors."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.guarantee import AS_DECLARED, WORST_CASE, Guarantee, prove
from equipoise.guarantee.counting import ALL, JOINT, REGION, vector_sets
from equipoise.scenario import Scenario, Site

ORDER = ("fails", "depends", "holds")


@pytest.fixture(scope="module")
def with_more(scenario: Scenario) -> Scenario:
    """The west also owns a battery in the region and one far from it, outside the proposal."""
    both = scenario.architectures["both"]
    west = next(b for b in both.batteries if b.party == "west")
    near = replace(west, id="west-near", site="oslo")
    far = replace(west, id="west-far", site="greely")
    own = replace(
        both, id="west-own", batteries=(near, far), own_system=True, joint=False, command_mode="alone"
    )
    sites = {
        **scenario.sites,
        "oslo": Site("oslo", "Oslo", "west", 59.9, 10.7, "assumed", "a test"),
        "greely": Site("greely", "Greely", "west", 63.9, -145.7, "assumed", "a test"),
    }
    return replace(scenario, sites=sites, architectures={"both": both, "west-own": own})


@pytest.fixture(scope="module")
def rows(with_more: Scenario) -> tuple[Guarantee, ...]:
    return prove(with_more, architectures=["both"], quick=True)


def test_each_set_holds_the_one_before(with_more: Scenario) -> None:
    sets = vector_sets(with_more, with_more.architectures["both"], "west")
    named = {which: {v.battery for v in vectors} for which, vectors in sets.items()}
    assert named[JOINT] == {"west-1"}
    assert named[REGION] == {"west-1", "west-near"}
    assert named[ALL] == {"west-1", "west-near", "west-far"}


def test_more_interceptors_never_make_a_verdict_better(rows: tuple[Guarantee, ...]) -> None:
    for row in rows:
        verdicts = [ORDER.index(c.verdict) for c in row.counted]
        assert verdicts == sorted(verdicts, reverse=True)
        margins = [float("inf") if c.margin_s is None else c.margin_s for c in row.counted]
        assert margins == sorted(margins, reverse=True)
        assert [c.warheads_met_at_most for c in row.counted if row.protects == "east"] in ([], [10, 20, 30])


def test_the_joint_system_is_the_row_itself(rows: tuple[Guarantee, ...]) -> None:
    for row in rows:
        first = row.counted[0]
        assert (first.which, first.verdict, first.margin_s) == (JOINT, row.verdict, row.margin_s)


def test_withheld_sensors_are_judged_only_where_they_were_counted(rows: tuple[Guarantee, ...]) -> None:
    for row in rows:
        shared = "shared sensors" in row.note
        assert (row.if_withheld is not None) == (shared and row.rung == AS_DECLARED)
    lent = [r for r in rows if r.if_withheld is not None]
    assert lent
    alone = {(r.protects, r.rung): r for r in rows if r.mode == "alone"}
    for row in lent:
        assert row.if_withheld is not None
        assert ORDER.index(row.if_withheld.verdict) >= ORDER.index(row.verdict)
    assert all(alone[p, WORST_CASE].if_withheld is None for p in ("west", "east"))
