"""What fixes an operand, and the ceiling on the share of warheads that can be met."""

from __future__ import annotations

from dataclasses import replace

import pytest

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import declared_box
from equipoise.guarantee.closing import closed_by
from equipoise.guarantee.rows import declared_warheads, share_met_at_most
from equipoise.scenario import Scenario, Statement, load_scenario


def test_a_measure_closes_only_the_operand_that_it_fixes() -> None:
    lisbon = load_scenario("lisbon-2010")
    speed = closed_by(lisbon, ["interceptor speed"])
    assert {"burnout-speed-disclosure", "drop-the-fast-interceptor", "speed-line-1997"} <= set(speed)
    assert "no-ships-in-northern-seas" not in speed
    assert "no-ships-in-northern-seas" in closed_by(lisbon, ["site"])
    assert closed_by(lisbon, ["loft", "boost model"]) == ()
    assert closed_by(lisbon, []) == ()


def test_a_promise_that_fixes_no_figure_closes_nothing() -> None:
    lisbon = load_scenario("lisbon-2010")
    every = closed_by(lisbon, ["interceptor speed", "site", "commit", "which interceptors count"])
    assert not {"written-assurance", "alliance-declaration", "site-visits"} & set(every)


def declared(scenario: Scenario, party: str, warheads: str) -> Scenario:
    said = Statement("total", "claim", party, "", "assumed", "", (), (("warheads", warheads),))
    return replace(scenario, statements=(*scenario.statements, said))


def test_the_ceiling_is_interceptors_times_shots_over_the_declared_total(scenario: Scenario) -> None:
    vectors = operand_vectors(scenario, scenario.architectures["both"])
    west = [declared_box(scenario, v) for v in vectors if v.party == "west"]
    told = declared(scenario, "east", "200")
    assert declared_warheads(told, "east") == 200
    assert share_met_at_most(told, "east", west) == pytest.approx(10 / 200)
    assert share_met_at_most(declared(scenario, "east", "4"), "east", west) == 1.0


def test_an_undeclared_number_on_either_side_leaves_no_ceiling(scenario: Scenario) -> None:
    vectors = operand_vectors(scenario, scenario.architectures["both"])
    west = [declared_box(scenario, v) for v in vectors if v.party == "west"]
    unknown = [replace(box, vector=replace(box.vector, number=None)) for box in west]
    assert share_met_at_most(scenario, "east", west) is None
    assert share_met_at_most(declared(scenario, "east", "200"), "east", unknown) is None
    assert share_met_at_most(declared(scenario, "west", "200"), "east", west) is None
