"""The box of operands: corners, what moves alone, and which caps bind."""

from __future__ import annotations

import math
from dataclasses import replace

from equipoise.defence import operand_vectors
from equipoise.guarantee.boxes import BURN, CAP, SPEED, WINDOW, Box, claims_box, declared_box
from equipoise.scenario import Figure, Scenario


def boxes(scenario: Scenario) -> tuple[Box, Box]:
    """The western battery's declared box and the box of all claims."""
    vector = next(v for v in operand_vectors(scenario, scenario.architectures["both"]) if v.party == "west")
    return declared_box(scenario, vector), claims_box(scenario, vector)


def with_cap(scenario: Scenario, cap: Figure) -> Scenario:
    model = scenario.interceptors["dart"]
    claims = tuple(replace(c, flight_cap_s=cap) for c in model.claims)
    return replace(scenario, interceptors={**scenario.interceptors, "dart": replace(model, claims=claims)})


def test_as_declared_stands_on_the_owners_claim_alone(scenario: Scenario) -> None:
    declared, _ = boxes(scenario)
    assert [s.speed_km_s for s in declared.worst] == [4.5]
    assert (declared.worst[0].time_to_burnout_s, declared.best[0].time_to_burnout_s) == (60.0, 80.0)
    assert declared.declared.time_to_burnout_s == 70.0
    assert [name for name, _, _ in declared.alone] == [BURN]


def test_the_worst_case_takes_every_authors_claim(scenario: Scenario) -> None:
    _, claimed = boxes(scenario)
    assert sorted(s.speed_km_s for s in claimed.worst) == [4.5, 5.5, 8.5]
    assert {name for name, _, _ in claimed.alone} == {SPEED, BURN, CAP}
    far = next(high for name, high, _ in claimed.alone if name == SPEED)
    assert {s.time_to_burnout_s for s in far} == {70.0}
    assert {s.burnout_altitude_km for s in far} == {150.0}


def test_an_assumed_cap_binds_only_as_declared(scenario: Scenario) -> None:
    declared, claimed = boxes(scenario)
    assert declared.worst[0].flight_cap_s == 600.0
    assert {s.flight_cap_s for s in claimed.worst} == {math.inf}
    assert {s.flight_cap_s for s in claimed.best} == {600.0}


def test_a_cap_that_somebody_stated_binds_in_the_worst_case(scenario: Scenario) -> None:
    stated = with_cap(scenario, Figure(500.0, "s", "read", "its owner"))
    assert {s.flight_cap_s for s in boxes(stated)[1].worst} == {500.0}


def test_an_unknown_cap_runs_from_600_seconds_to_none(scenario: Scenario) -> None:
    unknown = with_cap(scenario, Figure(None, "s", "unknown", ""))
    declared, _ = boxes(unknown)
    assert declared.worst[0].flight_cap_s == math.inf
    assert declared.best[0].flight_cap_s == 600.0
    assert declared.declared.flight_cap_s == math.inf
    assert WINDOW not in {name for name, _, _ in declared.alone}
